// The lock: after a quarter of an hour without a touch the page goes blank, what stands in its form is kept, and the session is locked.
"use strict";

(() => {
  const { idle, lock, awake } = document.currentScript.dataset;
  const ACTIVE = "casework-active"; // shared by the tabs of this browser: work in one of them keeps all open
  const most = Number(idle) * 1000;
  let told = Date.now();

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const expired = () => Date.now() - Number(localStorage.getItem(ACTIVE)) > most;

  const fields = (form) => [...form.elements].filter((field) => field.name && field.matches("input:not([type=hidden]), select, textarea"));
  const changed = (field) => {
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return ["checkbox", "radio"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  };
  const typed = () => {
    const shown = "draft" in document.body.dataset; // came back from a draft: it is not sent yet
    const forms = [...document.querySelectorAll("main form[method=post]")];
    const form = forms.find((one) => fields(one).some((field) => shown || changed(field)));
    if (!form) return "";
    const secret = fields(form).filter((field) => ["password", "file"].includes(field.type)).map((field) => field.name);
    const kept = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !secret.includes(name));
    return new URLSearchParams(kept.filter(([name]) => name !== "csrfmiddlewaretoken")).toString();
  };

  const lockNow = () => {
    const sent = { csrfmiddlewaretoken: token(), page: location.pathname + location.search, typed: typed() };
    const form = document.createElement("form");
    form.method = "post";
    form.action = lock;
    form.hidden = true;
    for (const [name, value] of Object.entries(sent)) {
      const field = document.createElement("input");
      field.type = "hidden";
      [field.name, field.value] = [name, value];
      form.append(field);
    }
    document.body.replaceChildren(form);
    form.submit();
  };

  const check = () => {
    if (!expired()) return;
    clearInterval(clock);
    lockNow();
  };
  const touched = () => {
    if (expired()) return check();
    localStorage.setItem(ACTIVE, Date.now());
    if (Date.now() - told < most / 3) return;
    told = Date.now(); // at work without sending anything: the server's clock begins anew too
    fetch(awake, { method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: token() }) }).catch(() => {});
  };

  // The button locks in the same way: what stands in another form of the page goes along.
  document.querySelector(`form[action="${lock}"]`)?.addEventListener("submit", (event) => {
    event.preventDefault();
    lockNow();
  });

  localStorage.setItem(ACTIVE, Date.now()); // this page was asked for a moment ago
  const clock = setInterval(check, 5000);
  for (const kind of ["pointerdown", "keydown", "input", "wheel"]) addEventListener(kind, touched, { capture: true, passive: true });
  document.addEventListener("visibilitychange", check);
  addEventListener("pageshow", check);
})();
