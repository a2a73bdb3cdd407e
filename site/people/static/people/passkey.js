// Passkeys: asks the browser for one, puts its answer into the form as JSON, and sends the form.
"use strict";

(() => {
  const forms = document.querySelectorAll("form[data-passkey]");
  if (!window.PublicKeyCredential) return;

  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const withBytes = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

  const asked = {
    create: ({ publicKey }) => ({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        user: { ...publicKey.user, id: bytes(publicKey.user.id) },
        excludeCredentials: withBytes(publicKey.excludeCredentials),
      },
    }),
    get: ({ publicKey }) => ({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        allowCredentials: withBytes(publicKey.allowCredentials),
      },
    }),
  };

  const answered = (credential) => {
    const { response } = credential;
    const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, text(response[part])])),
    };
  };

  const options = async (form) => {
    if (!form.dataset.options) return Object.values(JSON.parse(document.getElementById("passkey-options").textContent))[0];
    const response = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()).request_options;
  };

  const status = (form) => form.querySelector("[data-passkey-status]") || document.querySelector("[data-passkey-status]");

  for (const form of forms) {
    const kind = form.dataset.passkey;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      status(form).textContent = "";
      try {
        const credential = await navigator.credentials[kind](asked[kind](await options(form)));
        form.elements.credential.value = JSON.stringify(answered(credential));
        form.submit();
      } catch {
        status(form).textContent = form.dataset.failed;
      }
    });
  }
  for (const notice of document.querySelectorAll("[data-passkey-missing]")) notice.hidden = true;
})();
