// Planogram: products and boards follow pointer or arrow keys; what is sent is the page's own form.
for (const sheet of document.querySelectorAll("[data-plano]")) {
  const svg = sheet.querySelector("svg");
  const form = document.querySelector("[data-plano-form]");
  const say = sheet.querySelector("[data-plano-say]");
  const { clash, moved } = sheet.dataset;
  const gap = Number(svg.dataset.gap);
  const numbers = (data, ...names) => Object.fromEntries(names.map((name) => [name, Number(data[name])]));
  const boards = [...svg.querySelectorAll("[data-bottom]")].map((node) => ({
    node,
    ...numbers(node.dataset, "shelf", "bottom", "top", "width", "number"),
  }));
  const boxes = [...svg.querySelectorAll("[data-box]")].map((node) => ({
    node,
    key: node.dataset.box,
    ...numbers(node.dataset, "shelf", "x", "width", "height"),
  }));
  const at = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());

  // Where a small picture is touched it comes near; what is picked and cut off stands in the middle.
  const scroll = sheet.querySelector(".plano-scroll");
  const zoom = sheet.querySelector(".plano-zoom");
  const screen = (node) => node.getBoundingClientRect();
  const centre = (x) => (scroll.scrollLeft += x - screen(scroll).left - screen(scroll).width / 2);
  zoom.addEventListener("click", (event) => {
    if (event.target !== zoom) return;
    const touched = at(event);
    requestAnimationFrame(() => {
      const { x, y } = touched.matrixTransform(svg.getScreenCTM());
      centre(x);
      scrollBy(0, y - event.clientY);
    });
  });
  const picked = svg.querySelector(".plano__box--picked");
  const isCut = ({ left, right }) => left < screen(scroll).left || right > screen(scroll).right;
  if (picked && isCut(screen(picked))) centre(screen(picked).left + screen(picked).width / 2);

  // Let a thing be dragged; `follow` shows where it would go, `send` sends it, `reset` puts it back.
  const draggable = (node, { mayTouch, key, follow, send, reset }) => {
    let from = null;
    let isMoved = false;
    const stop = () => {
      from = null;
      isMoved = false;
      node.classList.remove("plano__box--held");
      say.textContent = "";
      reset();
    };
    node.addEventListener("dragstart", (event) => event.preventDefault());
    node.addEventListener("pointerdown", (event) => {
      if (event.button || (event.pointerType !== "mouse" && !mayTouch)) return;
      from = at(event);
      isMoved = false;
      node.setPointerCapture(event.pointerId);
    });
    node.addEventListener("pointermove", (event) => {
      if (!from) return;
      const here = at(event);
      if (!isMoved && Math.hypot(here.x - from.x, here.y - from.y) < 8) return;
      isMoved = true;
      node.classList.add("plano__box--held");
      follow(here.x - from.x, here.y - from.y);
    });
    node.addEventListener("pointerup", () => {
      const wanted = from && isMoved;
      from = null;
      if (wanted) send();
    });
    node.addEventListener("pointercancel", stop);
    node.addEventListener("click", (event) => isMoved && event.preventDefault());
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") stop();
      else if (event.key === "Enter" && isMoved) {
        event.preventDefault();
        send();
      } else if (key(event.key, event.shiftKey ? 1 : 10)) {
        event.preventDefault();
        isMoved = true;
      }
    });
    node.addEventListener("blur", () => !from && isMoved && stop());
  };

  for (const box of boxes) {
    if (!form || !("move" in box.node.dataset)) continue;
    const home = boards.find((board) => board.shelf === box.shelf);
    let [board, x] = [home, box.x];
    const others = () => boxes.filter((other) => other !== box && other.shelf === board.shelf);
    const show = () => {
      box.node.setAttribute("transform", `translate(${x - box.x} ${home.bottom - board.bottom})`);
      const isClash =
        box.height > board.top - board.bottom ||
        others().some((other) => other.x < x + box.width && x < other.x + other.width);
      box.node.classList.toggle("plano__box--clash", isClash);
      const words = [`${svg.querySelector(`[data-shelf="${board.shelf}"] .plano__name`).textContent}: ${x} mm`];
      if (isClash) words.push(clash);
      say.textContent = `${words.join(", ")}. ${moved}`;
    };
    const keep = (wanted) => Math.max(0, Math.min(board.width - box.width, Math.round(wanted)));
    const snap = (wanted) => {
      const edges = [0, board.width - box.width];
      for (const other of others()) edges.push(other.x + other.width + gap, other.x - box.width - gap);
      return keep(edges.find((edge) => Math.abs(edge - wanted) < 16) ?? wanted);
    };
    const lift = (by) => {
      const ranked = [...boards].sort((one, two) => one.bottom - two.bottom);
      board = ranked[ranked.indexOf(board) + by] ?? board;
      x = keep(x);
    };
    draggable(box.node, {
      mayTouch: box.node.classList.contains("plano__box--picked"),
      follow(dx, dy) {
        const height = home.bottom - dy + box.height / 2;
        const away = (one) => Math.abs(height - (one.bottom + one.top) / 2);
        board = boards.reduce((best, one) => (away(one) < away(best) ? one : best));
        x = snap(box.x + dx);
        show();
      },
      key(name, step) {
        if (name === "ArrowLeft") x = keep(x - step);
        else if (name === "ArrowRight") x = keep(x + step);
        else if (name === "ArrowUp") lift(1);
        else if (name === "ArrowDown") lift(-1);
        else return false;
        show();
        return true;
      },
      send() {
        if (form.elements.number) form.elements.number.value = box.key;
        form.elements.shelf.value = board.shelf;
        form.elements.x.value = x;
        form.requestSubmit(form.elements.lihat);
      },
      reset() {
        [board, x] = [home, box.x];
        box.node.removeAttribute("transform");
        box.node.classList.remove("plano__box--clash");
      },
    });
  }

  // A board that is dragged opens its own form, filled with where it was let go.
  for (const { node, bottom, top } of boards) {
    const grip = node.querySelector(".plano__grip");
    if (!grip) continue;
    let height = bottom;
    const show = (wanted) => {
      height = Math.max(0, Math.min(top - 1, Math.round(wanted / 5) * 5));
      node.setAttribute("transform", `translate(0 ${bottom - height})`);
      say.textContent = `${node.querySelector(".plano__name").textContent}: ${height} mm. ${moved}`;
    };
    draggable(grip, {
      mayTouch: false,
      follow: (_dx, dy) => show(bottom - dy),
      key(name, step) {
        if (name !== "ArrowUp" && name !== "ArrowDown") return false;
        show(height + (name === "ArrowUp" ? step : -step));
        return true;
      },
      send() {
        location.href = `${grip.getAttribute("href")}?papan=${height}`;
      },
      reset() {
        height = bottom;
        node.removeAttribute("transform");
      },
    });
  }
}
