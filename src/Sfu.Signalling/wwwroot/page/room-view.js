import { get } from './dom.js';
import { drawSeats } from './hall.js';
import { StageList } from './stage-list.js';
import { toast } from './toasts.js';
import { explain, hallWords, qualityWords, roomWords, stateWords } from './words.js';

/** A connection that is set up within this time needs no words. */
const BANNER_AFTER_MS = 700;

/** @typedef {import('../sfu-client.js').SfuClient} SfuClient */
/** @typedef {import('../sfu-client.js').Roster} Roster */

/** The room: the stage, the audience, and what one can do. */
export class RoomView {
  #root = get('room-view');
  #stage = new StageList();
  #client;
  /** @type {Roster | null} */
  #roster = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #bannerTimer;

  /**
   * @param {SfuClient} client
   * @param {() => void} onLeave
   */
  constructor(client, onLeave) {
    this.#client = client;
    client.addEventListener('roster', ({ detail }) => this.#showRoster(detail));
    client.addEventListener('speakers', ({ detail }) => this.#showSpeakers(detail));
    client.addEventListener('quality', ({ detail }) => this.#showQuality(detail));
    client.addEventListener('state', ({ detail }) => this.#showState(detail));
    client.addEventListener('error', ({ detail }) => toast(explain(detail), detail.code));
    client.addEventListener('playbackblocked', () => (get('listen').hidden = false));
    get('listen').addEventListener('click', () => {
      get('listen').hidden = true;
      client.resumePlayback();
    });
    get('take-stage').addEventListener('click', () => this.#do(get('take-stage'), () => client.takeStage()));
    get('leave-stage').addEventListener('click', () => this.#do(get('leave-stage'), () => client.leaveStage()));
    get('mute').addEventListener('click', () => this.#toggleMute());
    get('leave').addEventListener('click', onLeave);
    get('close-room').addEventListener('click', () => client.closeRoom());
    get('share').addEventListener('click', () => this.#share());
    addEventListener('keydown', (event) => {
      const isTyping = event.target instanceof HTMLInputElement;
      if (event.key === 'm' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && this.#client.onStage) this.#toggleMute();
    });
  }

  show() {
    this.#root.hidden = false;
    this.#roster = null;
    this.#showRoster(this.#client.roster);
    get('room-name').focus({ preventScroll: true });
  }

  hide() {
    this.#root.hidden = true;
    this.#stage.clear();
    this.#showBanner('');
    get('listen').hidden = true;
    get('quality').dataset.rating = 'none';
    get('announcer').textContent = '';
  }

  /** @param {Roster} roster */
  #showRoster(roster) {
    if (this.#root.hidden || roster.self === null) return;
    this.#announce(roster);
    this.#roster = roster;
    this.#stage.show(roster);
    get('room-name').textContent = roster.room;
    get('audience').textContent = roomWords(roster.stage.length, roster.audience);
    get('audience').dataset.count = String(roster.audience);
    this.#showHall(roster);
    this.#showDock(roster);
  }

  /**
   * Tells in words who came onto the stage and who left it, for those who do not see it.
   * @param {Roster} roster
   */
  #announce({ stage, self }) {
    if (this.#roster === null) return;
    const before = this.#roster.stage;
    const without = (/** @type {Roster['stage']} */ all, /** @type {Roster['stage']} */ some) =>
      all.filter((member) => some.every((other) => other.id !== member.id));
    const say = (/** @type {import('../sfu-client.js').Member} */ member, /** @type {string} */ what) =>
      member.id === self?.id ? `You ${what}.` : `${member.name || member.identity} ${what}.`;
    const words = [
      ...without(stage, before).map((member) => say(member, 'took the stage')),
      ...without(before, stage).map((member) => say(member, 'left the stage')),
    ];
    if (words.length > 0) get('announcer').textContent = words.join(' ');
  }

  /** @param {Roster} roster */
  #showHall({ audience, self }) {
    const isListening = self !== null && !self.onStage;
    drawSeats(get('seats'), audience, isListening);
    get('hall-words').textContent = hallWords(audience, isListening);
  }

  /** @param {Roster} roster */
  #showDock({ self }) {
    const onStage = this.#client.onStage;
    const mayStage = self?.role !== 'audience';
    get('take-stage').hidden = onStage || !mayStage;
    get('listener-hint').hidden = mayStage;
    get('close-room').hidden = self?.role !== 'moderator';
    for (const id of ['leave-stage', 'mute', 'mic-level']) get(id).hidden = !onStage;
    this.#root.dataset.onStage = String(onStage);
    this.#showMuted();
  }

  #showMuted() {
    const muted = this.#client.muted;
    get('mute').setAttribute('aria-pressed', String(muted));
    get('mute').lastElementChild.textContent = muted ? 'Unmute' : 'Mute';
    get('mic-level').toggleAttribute('data-muted', muted);
  }

  /** @param {import('../sfu-client.js').SpeakersDetail} detail */
  #showSpeakers(detail) {
    this.#stage.showSpeakers(detail);
    const level = detail.own ?? 0;
    get('mic-level').setAttribute('aria-valuenow', String(Math.round(level * 100)));
    get('mic-level').style.setProperty('--level', level.toFixed(2));
  }

  /** @param {import('../sfu-client.js').Quality} quality */
  #showQuality(quality) {
    get('quality').dataset.rating = quality.rating;
    const lines = qualityWords(quality).map((words, index) => {
      const line = document.createElement(index === 0 ? 'strong' : 'span');
      line.textContent = words;
      return line;
    });
    get('quality-words').replaceChildren(...lines);
  }

  /** @param {import('../sfu-client.js').StateDetail} detail */
  #showState(detail) {
    Object.assign(this.#root.dataset, detail);
    clearTimeout(this.#bannerTimer);
    const words = stateWords(detail);
    // What goes by in a blink would only flicker.
    if (words === '') this.#showBanner('');
    else this.#bannerTimer = setTimeout(() => this.#showBanner(words), BANNER_AFTER_MS);
    if (detail.media === 'connected') return;
    get('quality').dataset.rating = 'none';
    get('quality-words').textContent = 'No audio connection yet';
  }

  /** @param {string} words */
  #showBanner(words) {
    if (words === '') clearTimeout(this.#bannerTimer);
    get('banner-words').textContent = words;
    get('banner').hidden = words === '';
  }

  #toggleMute() {
    const done = this.#client.setMuted(!this.#client.muted);
    this.#showMuted();
    done.catch((error) => toast(explain(error), error.code));
  }

  /**
   * @param {HTMLButtonElement} button Not pressed twice.
   * @param {() => Promise<void>} act
   */
  async #do(button, act) {
    button.disabled = true;
    try {
      await act();
    } catch (error) {
      const { code, message } = /** @type {import('../sfu-client.js').SfuError} */ (error);
      toast(explain({ code, message }), code ?? 'unknown');
    } finally {
      button.disabled = false;
      // Whoever works with the keyboard goes on at the button that took its place.
      const next = ['mute', 'take-stage', 'leave'].map(get).find((other) => !other.hidden);
      if (button.hidden && document.activeElement === document.body) next?.focus();
    }
  }

  async #share() {
    const url = new URL(location.pathname, location.origin);
    url.searchParams.set('room', this.#client.roster.room);
    try {
      await navigator.clipboard.writeText(url.href);
      toast('The link is copied.', 'link-copied');
    } catch {
      toast(`The link: ${url.href}`, 'link');
    }
  }
}
