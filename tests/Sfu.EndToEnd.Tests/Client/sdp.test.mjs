import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptStereo, restoreOpusNack } from '../../../src/Sfu.Signalling/wwwroot/sfu-client/sdp.js';

const section = (mid, feedback, { port = 9, direction = 'sendonly' } = {}) => [
  `m=audio ${port} UDP/TLS/RTP/SAVPF 111 63`,
  `a=mid:${mid}`,
  `a=${direction}`,
  'a=rtpmap:111 opus/48000/2',
  ...feedback.map((value) => `a=rtcp-fb:111 ${value}`),
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:63 red/48000/2',
];
const sdp = (...sections) => ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', ...sections.flat()].join('\r\n') + '\r\n';

test('nack that the offer had and the answer lacks is put back behind the rtpmap', () => {
  const offer = sdp(section('0', ['nack']), section('1', ['transport-cc', 'nack']));
  const answer = sdp(section('0', []), section('1', ['transport-cc']));
  assert.equal(restoreOpusNack(offer, answer), sdp(section('0', ['nack']), section('1', ['nack', 'transport-cc'])));
});

test('an answer that has nack stays as it is', () => {
  const both = sdp(section('0', ['nack']));
  assert.equal(restoreOpusNack(both, both), both);
});

test('nack is not invented where the offer had none', () => {
  const answer = sdp(section('0', []), section('1', []));
  const patched = restoreOpusNack(sdp(section('0', []), section('1', ['nack'])), answer);
  assert.equal(patched, sdp(section('0', []), section('1', ['nack'])));
});

test('"nack pli" is not nack', () => {
  const answer = sdp(section('0', []));
  assert.equal(restoreOpusNack(sdp(section('0', ['nack pli'])), answer), answer);
});

test('a rejected section is left alone', () => {
  const answer = sdp(section('0', [], { port: 0 }));
  assert.equal(restoreOpusNack(sdp(section('0', ['nack'])), answer), answer);
});

test('the payload type is the answer\'s own, whatever the case of the codec name', () => {
  const renumbered = (text) => text.replaceAll('111', '109').replace('opus', 'OPUS');
  const patched = restoreOpusNack(sdp(section('0', ['nack'])), renumbered(sdp(section('0', []))));
  assert.equal(patched, renumbered(sdp(section('0', ['nack']))));
});

test('bare line feeds stay bare', () => {
  const patched = restoreOpusNack(sdp(section('0', ['nack'])), sdp(section('0', [])).replaceAll('\r\n', '\n'));
  assert.equal(patched, sdp(section('0', ['nack'])).replaceAll('\r\n', '\n'));
});

test('who is offered stereo says that it listens in stereo, in those sections alone', () => {
  const stereo = (mid) => section(mid, []).map((line) => line.replace('useinbandfec=1', 'useinbandfec=1;stereo=1'));
  const offered = (mid) => stereo(mid).map((line) => line.replace('stereo=1', 'stereo=1;sprop-stereo=1'));
  const patched = acceptStereo(sdp(offered('0'), section('1', [])), sdp(section('0', []), section('1', [])));
  assert.equal(patched, sdp(stereo('0'), section('1', [])));
  assert.equal(acceptStereo(sdp(offered('0')), patched), patched, 'said once');
});

test('sprop-stereo alone asks for nothing', () => {
  const sends = section('0', []).map((line) => line.replace('useinbandfec=1', 'sprop-stereo=1'));
  assert.equal(acceptStereo(sdp(sends), sdp(section('0', []))), sdp(section('0', [])));
});
