import { fetchToken } from './page/dev-server.js';
import { RoomView } from './page/room-view.js';
import { StartView } from './page/start-view.js';
import { get } from './page/dom.js';
import { clearToasts, toast } from './page/toasts.js';
import { WaitingView } from './page/waiting-view.js';
import { explain } from './page/words.js';
import { SfuClient } from './sfu-client.js';

/** @typedef {import('./page/start-view.js').Wish} Wish */

const client = new SfuClient();
const start = new StartView((wish) => enter(wish));
const room = new RoomView(client, () => client.leave());
const waiting = new WaitingView(() => client.leave());
let isInside = false;

client.addEventListener('waiting', ({ detail }) => {
  // Who was inside already sees it there.
  if (isInside) return;
  start.hide();
  waiting.show(detail);
});

client.addEventListener('ended', ({ detail }) => {
  isInside = false;
  waiting.hide();
  room.hide();
  start.show(detail.reason === 'left' ? '' : explain(detail));
  showAddress(null);
  document.title = 'Sfu';
});

/**
 * @param {Wish} wish
 * @param {{ onStage?: boolean }} [more]
 */
async function enter({ room: name, name: person, role, token, inviteCode }, { onStage = false } = {}) {
  start.setBusy(true);
  clearToasts();
  // The same identity when the client has to join again: it replaces what is left of the session before.
  /** @type {string | undefined} */
  let identity;
  const getToken = async () => {
    if (token) return token;
    const made = await fetchToken({ room: name, name: person, role, identity });
    identity = made.identity;
    return made.token;
  };
  try {
    await client.connect({ room: name, name: person, inviteCode: inviteCode || undefined, getToken, onStage, audioSink: get('audio-sink') });
  } catch (error) {
    const { code, message } = /** @type {import('./sfu-client.js').SfuError} */ (error);
    // The event `ended` has brought the start back.
    if (code === 'left') return;
    waiting.hide();
    start.show();
    if (code === 'no-tokens') start.askForToken();
    if (code === 'not-admitted' || code === 'invite-invalid') start.askForInvite();
    toast(explain({ code, message }), code ?? 'unknown');
    return;
  }
  isInside = true;
  start.hide();
  waiting.hide();
  room.show();
  showAddress(name);
  document.title = `${client.roster.settings?.title || name} · Sfu`;
}

/** @param {string | null} name Of the room one is in, so that a reload or a shared address finds it. */
function showAddress(name) {
  const url = new URL(location.pathname, location.origin);
  if (name !== null) url.searchParams.set('room', name);
  history.replaceState(null, '', url);
}

/** `?room=…&name=…&role=…&join=1&stage=1&invite=…#token=…`: a token in the fragment never reaches a server's log. */
function readAddress() {
  const query = new URLSearchParams(location.search);
  const text = (/** @type {string} */ key) => query.get(key)?.trim() ?? '';
  return {
    wish: {
      room: text('room'),
      name: text('name'),
      role: ['audience', 'speaker', 'moderator'].includes(text('role')) ? text('role') : 'speaker',
      inviteCode: text('invite'),
      token: new URLSearchParams(location.hash.slice(1)).get('token') ?? '',
    },
    join: text('join') === '1',
    onStage: text('stage') === '1',
  };
}

addEventListener('pagehide', () => client.leave());

const { wish, join, onStage } = readAddress();
start.fill(wish);
start.show();
if (join && wish.room && wish.name) enter(wish, { onStage });
