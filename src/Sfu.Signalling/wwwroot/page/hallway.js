import { paintAvatar } from './avatar.js';
import { clone, find, get } from './dom.js';
import { chipsOf, roomWords, whoWords } from './words.js';

/** @typedef {import('./dev-server.js').LiveRoom} LiveRoom */

const MOST_FACES = 4;

/** Rooms without a topic. */
const REST = '';

/**
 * @param {LiveRoom[]} rooms
 * @returns {{ topic: string, rooms: LiveRoom[] }[]} By the topic of the first tag, the most visited first; rooms without one last.
 */
export function groupByTopic(rooms) {
  /** @type {Map<string, LiveRoom[]>} */
  const groups = new Map();
  for (const room of rooms) {
    const topic = room.tags[0]?.split('/')[0].trim() ?? REST;
    groups.set(topic, [...(groups.get(topic) ?? []), room]);
  }
  return [...groups]
    .map(([topic, members]) => ({ topic, rooms: members.toSorted(byCrowd) }))
    .toSorted((a, b) => Number(a.topic === REST) - Number(b.topic === REST) || byCrowd(a.rooms[0], b.rooms[0]) || a.topic.localeCompare(b.topic));
}

/** The rooms that are live, by topic. */
export class Hallway {
  #list = get('room-list');
  #onRoom;
  #shown = '';

  /** @param {(room: string) => void} onRoom */
  constructor(onRoom) {
    this.#onRoom = onRoom;
  }

  /** @param {LiveRoom[]} rooms */
  show(rooms) {
    // Nothing moves under the pointer, and no focus is lost, while nothing changes.
    const text = JSON.stringify(rooms);
    if (text === this.#shown) return;
    this.#shown = text;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.room;
    const groups = groupByTopic(rooms);
    const hasTopics = groups.some(({ topic }) => topic !== REST);
    this.#list.replaceChildren(...groups.map((group) => this.#topic(group, hasTopics)));
    get('no-rooms').hidden = rooms.length > 0;
    if (focused !== undefined) [...this.#list.querySelectorAll('[data-room]')].find((item) => item.dataset.room === focused)?.focus();
  }

  /**
   * @param {{ topic: string, rooms: LiveRoom[] }} group
   * @param {boolean} hasTopics
   */
  #topic({ topic, rooms }, hasTopics) {
    const section = clone('topic');
    section.dataset.topic = topic;
    find(section, 'h3').textContent = topic === REST ? 'Everything else' : topic;
    find(section, 'h3').hidden = !hasTopics;
    find(section, 'ul').append(...rooms.map((room) => this.#item(room)));
    return section;
  }

  /** @param {LiveRoom} room */
  #item(room) {
    const item = clone('room-item');
    const button = find(item, 'button');
    button.dataset.room = room.name;
    find(item, '.room-item-name').textContent = room.title || room.name;
    find(item, '.room-item-count').textContent = roomWords(room.stage.length, room.audience, room.profile === 'silent');
    find(item, '.room-item-who').textContent = whoWords(room.stage);
    find(item, '.chips').append(...chipsOf(room).map(chip));
    for (const name of room.stage.slice(0, MOST_FACES)) {
      const face = document.createElement('span');
      face.className = 'avatar';
      paintAvatar(face, { identity: name, name });
      find(item, '.faces').append(face);
    }
    button.addEventListener('click', () => this.#onRoom(room.name));
    return item;
  }
}

/** @param {string} text */
export function chip(text) {
  const element = document.createElement('span');
  element.className = 'chip';
  element.textContent = text;
  return element;
}

/**
 * @param {LiveRoom} a
 * @param {LiveRoom} b
 */
function byCrowd(a, b) {
  return b.stage.length + b.audience - (a.stage.length + a.audience) || a.name.localeCompare(b.name);
}
