/* The shelf partnership: goods. Pages work without it. */
"use strict";
