import { get } from './dom.js';
import { waitingWords } from './words.js';

/** Before the door: why, and at which place. */
export class WaitingView {
  #root = get('waiting-view');

  /** @param {() => void} onLeave */
  constructor(onLeave) {
    get('stop-waiting').addEventListener('click', onLeave);
  }

  /** @param {import('../sfu-client.js').WaitingDetail} detail */
  show(detail) {
    const { title, words, place } = waitingWords(detail);
    get('waiting-title').textContent = title;
    get('waiting-words').textContent = words;
    get('waiting-place').textContent = place;
    if (!this.#root.hidden) return;
    this.#root.hidden = false;
    get('waiting-title').focus({ preventScroll: true });
  }

  hide() {
    this.#root.hidden = true;
  }
}
