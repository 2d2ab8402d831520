// Files may be dropped anywhere on a page with a form marked data-drop; they are sent with that form at once.

const form = document.querySelector("form[data-drop]");
const files = form?.querySelector("input[type=file]");

if (form && files) {
  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  form.classList.add("can-drop");
  addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    form.classList.remove("over");
    files.files = event.dataTransfer.files;
    if (files.files.length) form.requestSubmit();
  });
}
