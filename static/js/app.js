// Smoother, never necessary: every page works whole without this file.
const words = document.body.dataset;
const all = (selector, root = document) => root.querySelectorAll(selector);
document.documentElement.classList.add("js");

// Numbers as people here write them: 0,25 or 0.25 and 12.500, as the server reads them too.
const THOUSANDS = /^[1-9]\d{0,2}(\.\d{3})+(,|$)/;
const read = (text) => {
  const plain = text.replace(/\s/g, "");
  const whole = THOUSANDS.test(plain) ? plain.replace(/\./g, "") : plain;
  return Number(whole.replace(",", ".")) || 0;
};
const write = (number) => number.toLocaleString("id-ID", { maximumFractionDigits: 3 });

// Quantity: big minus and plus.
for (const box of all("[data-stepper]")) {
  const input = box.querySelector("input");
  const step = read(box.dataset.step) || 1;
  const min = read(box.dataset.min);
  const max = box.dataset.max ? read(box.dataset.max) : Infinity;
  const buttons = all("[data-by]", box);
  const limit = () => {
    for (const button of buttons) {
      button.disabled = button.dataset.by < 0 ? read(input.value) <= min : read(input.value) >= max;
    }
  };
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = Math.round((read(input.value) + button.dataset.by * step) * 1000) / 1000;
      input.value = write(Math.min(max, Math.max(min, next)));
      limit();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  input.addEventListener("input", limit);
  limit();
}

// Names of villages while typing (the server sends <option>s and reads whatever stands there in the end).
for (const input of all("input[data-suggest]")) {
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      if (input.value.length < 2) return;
      const url = `${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`;
      const answer = await fetch(url).catch(() => null);
      if (!answer?.ok) return;
      input.list.innerHTML = await answer.text();
    }, 250);
  });
}

// A row of tabs wider than the screen begins at the one that is open.
for (const tab of all(".tabs [aria-current]")) {
  const row = tab.parentElement;
  row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

// Filters and quantities that send themselves; the page comes back where the thumb was.
const PLACE = "pol-place";
for (const form of all("form[data-auto]")) {
  let waiting;
  form.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      sessionStorage.setItem(PLACE, `${location.pathname} ${scrollY}`);
      form.requestSubmit();
    }, 700);
  });
}
const [path, height] = (sessionStorage.getItem(PLACE) || "").split(" ");
sessionStorage.removeItem(PLACE);
if (path === location.pathname) scrollTo(0, Number(height));

// Filters stand open where there is room.
if (matchMedia("(min-width: 64em)").matches) {
  for (const panel of all("details.filters")) panel.open = true;
}

// Dangerous buttons ask first; forms are sent once.
let asking;
const ask = (sentence, agree) => {
  if (!asking) {
    asking = document.createElement("dialog");
    asking.setAttribute("aria-labelledby", "tanya");
    const text = document.createElement("p");
    text.id = "tanya";
    const row = document.createElement("div");
    row.className = "actions";
    for (const [value, tone, label] of [["no", "quiet", words.no], ["yes", "primary", words.yes]]) {
      const button = document.createElement("button");
      button.className = `button button--${tone}`;
      button.textContent = label;
      button.addEventListener("click", () => asking.close(value));
      row.append(button);
    }
    asking.append(text, row);
    document.body.append(asking);
  }
  asking.querySelector("p").textContent = sentence;
  asking.returnValue = "";
  asking.onclose = () => asking.returnValue === "yes" && agree();
  asking.showModal();
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  const sentence = button?.dataset.confirm || form.dataset.confirm;
  if (sentence && !form.dataset.agreed) {
    event.preventDefault();
    ask(sentence, () => {
      form.dataset.agreed = "yes";
      form.requestSubmit(button);
    });
    return;
  }
  delete form.dataset.agreed;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  if (button) button.setAttribute("aria-busy", "true");
});

// Coming back with the back button: the form may be sent again.
addEventListener("pageshow", () => {
  for (const form of all("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of all("[aria-busy]", form)) button.removeAttribute("aria-busy");
  }
});

// Ten seconds to take something back.
for (const form of all("[data-undo]")) {
  let left = Number(form.dataset.undo);
  const shown = form.querySelector("[data-undo-left]");
  const tick = setInterval(() => {
    if (shown) shown.textContent = `(${left})`;
    if (left-- > 0 || form.contains(document.activeElement)) return;
    clearInterval(tick);
    form.hidden = true;
  }, 1000);
}

// Pictures: shown before they are sent, and made small enough for two bars of signal.
const LONGEST = 1600;
const HEAVY = 700_000;

const shrink = async (file, bitmap) => {
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  if (file.size < HEAVY && scale === 1) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return blob && blob.size < file.size ? new File([blob], "foto.jpg", { type: "image/jpeg" }) : file;
};

for (const input of all("input[type=file][data-preview]")) {
  const preview = document.querySelector(`[data-preview-for="${CSS.escape(input.id)}"]`);
  input.addEventListener("change", async () => {
    const light = new DataTransfer();
    preview.replaceChildren();
    for (const file of input.files) {
      try {
        const bitmap = await createImageBitmap(file);
        const canvas = document.createElement("canvas");
        canvas.width = 320;
        canvas.height = 240;
        const scale = Math.max(320 / bitmap.width, 240 / bitmap.height);
        const [width, height] = [bitmap.width * scale, bitmap.height * scale];
        canvas.getContext("2d").drawImage(bitmap, (320 - width) / 2, (240 - height) / 2, width, height);
        canvas.setAttribute("role", "img");
        canvas.setAttribute("aria-label", file.name);
        preview.append(canvas);
        light.items.add(await shrink(file, bitmap));
      } catch {
        light.items.add(file); // Not a picture we can read: the server says so in words.
        preview.append(file.name);
      }
    }
    preview.hidden = !preview.childNodes.length;
    input.files = light.files;
  });
}

// Orders read aloud, for wet hands.
if ("speechSynthesis" in window) {
  for (const button of all("[data-speak]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      speechSynthesis.cancel();
      const speech = new SpeechSynthesisUtterance(document.querySelector(button.dataset.speak).innerText);
      speech.lang = "id-ID";
      speech.rate = 0.95;
      speechSynthesis.speak(speech);
    });
  }
}

// Account numbers and links, copied with one touch.
if (navigator.clipboard) {
  for (const button of all("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const label = button.querySelector("span") || button;
      const before = label.textContent;
      label.textContent = words.done;
      setTimeout(() => (label.textContent = before), 2000);
    });
  }
}

// Print buttons, and the summary of what is wrong comes first.
for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
document.querySelector("[data-focus], [aria-invalid=true]")?.focus();
