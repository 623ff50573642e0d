/* The shelf partnership: calls. Pages work without it. */
"use strict";
