/* The shelf partnership: planogram. Pages work without it. */
"use strict";
