// Leaving at once, and printing. Without this file the link still leads away, and the browser's own menu prints.
(() => {
  const link = document.querySelector("[data-leave]");
  // The other page takes the place of this one: "back" leads past it.
  const leave = () => location.replace(link.href);
  if (link) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
    let pressed = [];
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return (pressed = []);
      pressed = [...pressed, event.timeStamp].filter((moment) => event.timeStamp - moment < 2000);
      if (pressed.length >= 3) leave();
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
