// Goods in a store: a scanner types into the field that has the focus, so the focus goes back there.
document.querySelector("[data-scan]")?.focus();
