/* The shelf partnership: calls. Pages work without it. */
"use strict";
// A shelf shows at once what would be offered of it.
for (const shelf of document.querySelectorAll("[data-shelf]")) {
  const [pick, x, width] = shelf.querySelectorAll("input");
  const drawn = shelf.querySelector(".shelf-bar__span");
  if (!drawn || !width) continue;
  const read = (text) => Number(text.replace(/\D/g, "")) || 0;
  const end = read(x.placeholder) + read(width.placeholder);
  const draw = () => {
    const start = read(x.value || x.placeholder);
    const long = width.value ? read(width.value) : Math.max(0, end - start);
    drawn.setAttribute("x", start);
    drawn.setAttribute("width", pick.checked ? long : 0);
  };
  shelf.addEventListener("input", draw);
  draw();
}
// What the weights add up to so far.
for (const sum of document.querySelectorAll("[data-sum]")) {
  const weights = document.querySelectorAll("input[name^=weight]");
  const add = () => {
    const whole = [...weights].reduce((all, input) => all + (Number(input.value) || 0), 0);
    sum.value = `${whole}/100`;
    sum.hidden = false;
  };
  for (const input of weights) input.addEventListener("input", add);
  add();
}
