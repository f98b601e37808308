import { Announcer } from './announcer.js';
import { AudienceList } from './audience-list.js';
import { Chat } from './chat.js';
import { Dock } from './dock.js';
import { get } from './dom.js';
import { drawSeats } from './hall.js';
import { chip } from './hallway.js';
import { HandsList } from './hands-list.js';
import { Invitation } from './invitation.js';
import { Panel } from './panel.js';
import { PersonMenu } from './person-menu.js';
import { Reactions } from './reactions.js';
import { RoomMenu } from './room-menu.js';
import { shareLink } from './share.js';
import { StageList } from './stage-list.js';
import { toast } from './toasts.js';
import { chipsOf, explain, hallWords, qualityWords, roomWords, stateWords } from './words.js';

/** A connection that is set up within this time needs no words. */
const BANNER_AFTER_MS = 700;

/** @typedef {import('../sfu-client.js').SfuClient} SfuClient */
/** @typedef {import('../sfu-client.js').Roster} Roster */

/** The room: the stage, the audience, and what one can do. */
export class RoomView {
  #root = get('room-view');
  #client;
  #announcer = new Announcer();
  #stage = new StageList((member) => this.#people.open({ ...member, onStage: true }));
  #panel = new Panel((name) => this.#showPanel(name));
  #dock;
  #invitation;
  #hands;
  #chat;
  #audience;
  #people;
  #reactions;
  #menu;
  /** Messages that came while nobody looked. */
  #unread = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #bannerTimer;

  /**
   * @param {SfuClient} client
   * @param {() => void} onLeave
   */
  constructor(client, onLeave) {
    this.#client = client;
    this.#dock = new Dock(client, onLeave);
    this.#invitation = new Invitation(client);
    this.#hands = new HandsList(client);
    this.#chat = new Chat(client, () => this.#countUnread());
    this.#people = new PersonMenu(client, (person) => this.#writeTo(person));
    this.#audience = new AudienceList(client, (person) => this.#people.open(person));
    this.#reactions = new Reactions(client);
    this.#menu = new RoomMenu(client);
    client.addEventListener('roster', ({ detail }) => this.#showRoster(detail));
    client.addEventListener('speakers', ({ detail }) => {
      this.#stage.showSpeakers(detail);
      this.#dock.showLevel(detail.own ?? 0);
    });
    client.addEventListener('quality', ({ detail }) => this.#showQuality(detail));
    client.addEventListener('state', ({ detail }) => this.#showState(detail));
    client.addEventListener('error', ({ detail }) => toast(explain(detail), detail.code));
    client.addEventListener('playbackblocked', () => (get('listen').hidden = false));
    get('listen').addEventListener('click', () => {
      get('listen').hidden = true;
      client.resumePlayback();
    });
    get('share').addEventListener('click', () => shareLink({ room: client.roster.room }));
  }

  show() {
    this.#root.hidden = false;
    this.#panel.show(null);
    this.#showRoster(this.#client.roster);
    get('room-name').focus({ preventScroll: true });
  }

  hide() {
    this.#root.hidden = true;
    for (const part of [this.#stage, this.#chat, this.#audience, this.#reactions, this.#announcer]) part.clear();
    for (const part of [this.#dock, this.#invitation, this.#people, this.#menu]) part.close();
    this.#showBanner('');
    get('listen').hidden = true;
    get('quality').dataset.rating = 'none';
  }

  /** @param {Roster} roster */
  #showRoster(roster) {
    if (this.#root.hidden || roster.self === null) return;
    this.#announcer.follow(roster);
    this.#stage.show(roster);
    this.#hands.show(roster);
    this.#audience.follow(roster);
    this.#dock.show(roster);
    this.#invitation.show(roster);
    this.#showHead(roster);
    this.#showHall(roster);
    this.#root.dataset.onStage = String(this.#client.onStage);
  }

  /** @param {Roster} roster */
  #showHead({ room, settings, stage, audience, hands, self }) {
    const moderates = self?.role === 'moderator';
    get('room-name').textContent = settings?.title || room;
    get('audience').textContent = roomWords(stage.length, audience, settings?.profile === 'silent');
    get('audience').dataset.count = String(audience);
    get('room-chips').replaceChildren(...(settings ? [...settings.tags, ...chipsOf({ ...settings, tags: [] })] : []).map(chip));
    for (const id of ['show-hands', 'room-menu-button']) get(id).hidden = !moderates;
    get('quality').hidden = settings?.profile === 'silent';
    count('show-hands', hands.length, 'Raised hands');
    get('invite-all').hidden = this.#panel.shown !== 'hands' || !this.#hands.canInviteAll;
    if (!moderates && this.#panel.shown === 'hands') this.#panel.show(null);
  }

  /** @param {Roster} roster */
  #showHall({ audience, self, settings }) {
    const isListening = self !== null && !self.onStage;
    drawSeats(get('seats'), audience, isListening);
    get('hall-words').textContent = hallWords(audience, isListening, settings?.profile === 'silent');
  }

  /** @param {import('./panel.js').PanelName | null} name */
  #showPanel(name) {
    get('invite-all').hidden = name !== 'hands' || !this.#hands.canInviteAll;
    if (name === 'people') this.#audience.load();
    if (name === 'messages') this.#unread = 0;
    count('show-messages', this.#unread, 'Messages');
  }

  #countUnread() {
    if (this.#panel.shown !== 'messages') this.#unread += 1;
    count('show-messages', this.#unread, 'Messages');
  }

  /** @param {import('./moderation.js').Person} person */
  #writeTo(person) {
    this.#people.close();
    this.#panel.show('messages');
    this.#chat.writeTo(person);
  }

  /** @param {import('../sfu-client.js').Quality} quality */
  #showQuality(quality) {
    const { dataset } = get('quality');
    // While nobody speaks it is what it was, unless that was another connection.
    dataset.protection = quality.protection ?? (dataset.rating === 'none' ? '' : dataset.protection);
    dataset.rating = quality.rating;
    dataset.transport = quality.transport ?? '';
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
}

/**
 * The number on a button, for eyes and ears.
 * @param {string} id
 * @param {number} number
 * @param {string} words What is counted.
 */
function count(id, number, words) {
  const badge = get(id).querySelector('.count');
  badge.textContent = String(number);
  badge.hidden = number === 0;
  get(id).setAttribute('aria-label', number === 0 ? words : `${words}: ${number}`);
}
