// A phone's camera reads a code into a field and sends the form. Only browsers that can read codes
// show the button; everywhere else a scanner, or typing, does the same.
const EVERY_MS = 200;

for (const box of document.querySelectorAll("[data-camera]")) {
  if ("BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia) offerCamera(box);
}

function offerCamera(box) {
  const [open, video, said] = ["button", "video", "[role=status]"].map((part) => box.querySelector(part));
  const field = document.getElementById(box.dataset.camera);
  const words = open.querySelector("span");
  const { open: opening, close: closing, refused } = box.dataset;
  let stream = null;

  const close = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.hidden = true;
    words.textContent = opening;
  };
  const read = async (detector) => {
    if (!stream) return;
    const [code] = await detector.detect(video).catch(() => []);
    if (!code) return setTimeout(() => read(detector), EVERY_MS);
    navigator.vibrate?.(60);
    field.value = code.rawValue;
    close();
    field.form.requestSubmit();
  };
  open.addEventListener("click", async () => {
    if (stream) return close();
    said.textContent = "";
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      video.hidden = false;
      words.textContent = closing;
      await video.play();
      read(new BarcodeDetector());
    } catch {
      close();
      said.textContent = refused;
    }
  });
  addEventListener("pagehide", close);
  box.hidden = false;
}
