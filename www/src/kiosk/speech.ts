/** Says captions aloud where the browser can, in the page's language; where it can't, it is silent. */
export class Speech {
  #last = "";

  static exists(): boolean {
    return "speechSynthesis" in globalThis && typeof SpeechSynthesisUtterance === "function";
  }

  say(text: string): void {
    if (text === this.#last) return;
    this.#last = text;
    this.#speak(text);
  }

  silence(): void {
    this.#last = "";
    if (Speech.exists()) speechSynthesis.cancel();
  }

  #speak(text: string): void {
    if (!Speech.exists()) return;
    try {
      const language = document.documentElement.lang;
      const voices = speechSynthesis.getVoices();
      // A voice of another language would read words that nobody understands.
      const fits = voices.some((voice) => voice.lang.split(/[-_]/)[0] === language.split("-")[0]);
      if (voices.length > 0 && !fits) return;
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = language;
      speechSynthesis.cancel();
      speechSynthesis.speak(utterance);
    } catch {
      // Captions and pictures say the same.
    }
  }
}
