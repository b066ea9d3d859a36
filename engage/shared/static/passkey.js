// Ask the device for a passkey, and send what it answers; the button asks again.
(() => {
  "use strict";
  const form = document.querySelector('[data-behaviour="passkey"]');
  if (!form) return;
  const reads = { create: "parseCreationOptionsFromJSON", get: "parseRequestOptionsFromJSON" };
  const way = form.dataset.way;
  const failed = document.querySelector("[data-failed]");

  const ask = async () => {
    failed.hidden = true;
    try {
      const publicKey = window.PublicKeyCredential[reads[way]](JSON.parse(form.dataset.options));
      const passkey = await navigator.credentials[way]({ publicKey });
      form.elements.credential.value = JSON.stringify(passkey.toJSON());
      form.submit();
    } catch {
      failed.hidden = false;
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  ask();
})();
