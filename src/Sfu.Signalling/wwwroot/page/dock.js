import { attempt } from './attempt.js';
import { dialog } from './dialogs.js';
import { get } from './dom.js';
import { toast } from './toasts.js';
import { explain } from './words.js';

/** What one can do oneself. */
export class Dock {
  #client;
  #handDialog = dialog('hand-dialog');

  /**
   * @param {import('../sfu-client.js').SfuClient} client
   * @param {() => void} onLeave
   */
  constructor(client, onLeave) {
    this.#client = client;
    get('take-stage').addEventListener('click', () => this.#do(get('take-stage'), () => client.takeStage()));
    get('leave-stage').addEventListener('click', () => this.#do(get('leave-stage'), () => client.leaveStage()));
    get('mute').addEventListener('click', () => this.#toggleMute());
    get('hand').addEventListener('click', () => this.#toggleHand());
    get('hand-form').addEventListener('submit', () => attempt(get('hand'), () => client.raiseHand(get('hand-note').value.trim())));
    get('leave').addEventListener('click', onLeave);
    addEventListener('keydown', (event) => {
      const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
      if (event.key === 'm' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && client.onStage && !get('mute').hidden) this.#toggleMute();
    });
  }

  /** @param {import('../sfu-client.js').Roster} roster */
  show({ self, settings }) {
    const onStage = this.#client.onStage;
    const mayStage = self?.role !== 'audience';
    const mayAsk = settings?.hands !== 'nobody';
    const hears = settings?.profile !== 'silent';
    get('take-stage').hidden = onStage || !mayStage;
    get('hand').hidden = onStage || mayStage || !(mayAsk || self?.handRaised);
    get('hand').setAttribute('aria-pressed', String(self?.handRaised === true));
    get('hand').lastElementChild.textContent = self?.handRaised ? 'Lower your hand' : 'Raise your hand';
    get('listener-hint').hidden = mayStage || mayAsk || onStage;
    get('leave-stage').hidden = !onStage;
    for (const id of ['mute', 'mic-level']) get(id).hidden = !onStage || !hears;
    this.#showMuted(self?.muteLocked === true);
  }

  /** @param {number} level Of one's own microphone, 0..1. */
  showLevel(level) {
    get('mic-level').setAttribute('aria-valuenow', String(Math.round(level * 100)));
    get('mic-level').style.setProperty('--level', level.toFixed(2));
  }

  close() {
    this.#handDialog.close();
  }

  /** @param {boolean} isLocked */
  #showMuted(isLocked) {
    const muted = this.#client.muted;
    get('mute').setAttribute('aria-pressed', String(muted));
    get('mute').lastElementChild.textContent = isLocked ? 'Muted by a moderator' : muted ? 'Unmute' : 'Mute';
    get('mic-level').toggleAttribute('data-muted', muted);
  }

  #toggleMute() {
    const show = () => this.#showMuted(this.#client.roster.self?.muteLocked === true);
    const done = this.#client.setMuted(!this.#client.muted);
    show();
    done.catch((error) => {
      show();
      toast(explain(error), error.code);
    });
  }

  #toggleHand() {
    if (this.#client.roster.self?.handRaised) {
      attempt(get('hand'), () => this.#client.lowerHand());
      return;
    }
    get('hand-note').value = '';
    this.#handDialog.showModal();
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {() => Promise<void>} act
   */
  async #do(button, act) {
    await attempt(button, act);
    // Whoever works with the keyboard goes on at the button that took its place.
    const next = ['mute', 'take-stage', 'hand', 'leave'].map(get).find((other) => !other.hidden);
    if (button.hidden && document.activeElement === document.body) next?.focus();
  }
}
