// Read a card aloud with a voice of this phone itself; where it has none for this language there is no button.
setTimeout(() => {
  const button = document.getElementById("aloud"), speech = window.speechSynthesis, {lang} = document.documentElement;
  if (!speech) return;
  const voice = () => speech.getVoices().find(one => one.localService && one.lang.startsWith(lang));
  const offer = () => button.hidden = !voice(), stop = () => speech.cancel();
  button.addEventListener("click", () => {
    const said = new SpeechSynthesisUtterance(document.querySelector(".card.on").innerText);
    if (speech.speaking) return stop();
    said.voice = voice();
    said.lang = said.voice.lang;
    speech.speak(said);
  });
  for (const moment of ["submit", "popstate", "pagehide"]) addEventListener(moment, stop);
  speech.addEventListener("voiceschanged", offer);
  offer();
}, 300);
