import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { Signalling } from '../../../src/Sfu.Signalling/wwwroot/sfu-client/signalling.js';

class FakeSocket extends EventTarget {
  static last;
  sent = [];
  readyState = 0;
  closedWith;

  constructor(url, protocol) {
    super();
    Object.assign(this, { url, protocol });
    FakeSocket.last = this;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close(code) {
    this.readyState = 3;
    this.closedWith = code;
  }

  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  say(message) {
    this.dispatchEvent(Object.assign(new Event('message'), { data: typeof message === 'string' ? message : JSON.stringify(message) }));
  }

  drop(code) {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

let heard, closed, link, socket;

beforeEach(() => {
  heard = [];
  closed = [];
  link = new Signalling('ws://host/v1/ws', { onMessage: (message) => heard.push(message), onClose: (code) => closed.push(code) }, FakeSocket);
  socket = FakeSocket.last;
  socket.open();
});

test('the subprotocol is asked for', () => {
  assert.equal(socket.protocol, 'sfu.v1');
});

test('an answer finds its request, whatever comes in between', async () => {
  const first = link.request({ type: 'mute', muted: true });
  const second = link.request({ type: 'stage', on: true });
  const [mute, stage] = socket.sent;
  socket.say({ type: 'ok', re: stage.id });
  socket.say({ type: 'audience', revision: 2, count: 1 });
  socket.say({ type: 'error', re: mute.id, code: 'not-joined', status: 409, message: 'no', fatal: false });
  assert.equal((await second).type, 'ok');
  await assert.rejects(first, { code: 'not-joined', status: 409, fatal: false });
  assert.deepEqual(heard.map((message) => message.type), ['audience'], 'what answers a request is no event');
});

test('a welcome is told before its request resolves, so that the offer behind it finds everything ready', async () => {
  const join = link.request({ type: 'join' });
  socket.say({ type: 'welcome', re: socket.sent[0].id });
  socket.say({ type: 'offer', generation: 1 });
  assert.deepEqual(heard.map((message) => message.type), ['welcome', 'offer']);
  await join;
});

test('an error that answers nothing is told', () => {
  socket.say({ type: 'error', code: 'rate-limited', status: 429, message: '', fatal: true });
  assert.equal(heard[0].code, 'rate-limited');
});

test('what is no message is ignored', () => {
  for (const text of ['', '{', 'null', '[]', '{"type":1}']) socket.say(text);
  assert.deepEqual(heard, []);
});

test('a broken connection fails what waits and is told once', async () => {
  const request = link.request({ type: 'stage', on: true });
  socket.drop(1006);
  socket.drop(1006);
  await assert.rejects(request, { code: 'disconnected' });
  assert.deepEqual(closed, [1006]);
  await assert.rejects(link.request({ type: 'leave' }), { code: 'disconnected' });
});

test('a server that never opens is unreachable', async () => {
  const other = new Signalling('ws://host', { onMessage() {}, onClose() {} }, FakeSocket);
  const opened = other.opened();
  FakeSocket.last.drop(1006);
  await assert.rejects(opened, { code: 'unreachable' });
});

test('closing changes the connection and keeps the session, unless it says otherwise', () => {
  link.close();
  assert.equal(socket.closedWith, 4000);
  assert.deepEqual(closed, [], 'who closes knows');
});

test('a ping without a pong is a dead connection', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  try {
    link.keepAlive(15);
    mock.timers.tick(15_000);
    assert.equal(socket.sent.at(-1).type, 'ping');
    socket.say({ type: 'pong', re: socket.sent.at(-1).id });
    mock.timers.tick(14_999);
    assert.deepEqual(closed, []);
    mock.timers.tick(1);
    mock.timers.tick(5_000);
    await new Promise(setImmediate);
    assert.deepEqual(closed, [1006]);
  } finally {
    mock.timers.reset();
  }
});

test('who waits before the door is answered when it opens, however long it takes', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const join = link.request({ type: 'join' });
  const { id } = socket.sent.at(-1);
  socket.say({ type: 'waiting', reason: 'room-full', position: 2, re: id });
  t.mock.timers.tick(600_000);
  socket.say({ type: 'welcome', re: id, self: {} });
  assert.equal((await join).type, 'welcome');
  assert.deepEqual(heard.map((message) => message.type), ['waiting', 'welcome']);
});

test('who waits before the door hears when it stays closed', async () => {
  const join = link.request({ type: 'join' });
  const { id } = socket.sent.at(-1);
  socket.say({ type: 'waiting', reason: 'room-full', position: 2, re: id });
  socket.drop(1006);
  await assert.rejects(join, { code: 'disconnected' });
});

test('a connection in doubt has a second to answer', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  link.doubt();
  assert.equal(socket.sent.at(-1).type, 'ping');
  t.mock.timers.tick(999);
  await new Promise(setImmediate);
  assert.deepEqual(closed, []);
  t.mock.timers.tick(1);
  await new Promise(setImmediate);
  assert.deepEqual(closed, [1006]);
});

test('one that has been opening for a second is given up when in doubt, one that has just begun is not', (t) => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const other = new Signalling('ws://host', { onMessage() {}, onClose() {} }, FakeSocket);
  now = 999;
  other.doubt();
  assert.equal(FakeSocket.last.closedWith, undefined);
  assert.equal(FakeSocket.last.readyState, 0);
  now = 1_000;
  other.doubt();
  assert.equal(FakeSocket.last.readyState, 3);
});
