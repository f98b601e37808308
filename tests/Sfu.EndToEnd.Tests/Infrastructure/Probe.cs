namespace Sfu.EndToEnd.Tests;

/// <summary>A script that runs in the page before the page's own: it keeps hold of the connections and records what is heard.</summary>
internal static class Probe
{
    public const string Script = """
        (() => {
          const connections = [], sockets = [];
          const NativeConnection = window.RTCPeerConnection, NativeSocket = window.WebSocket;
          window.RTCPeerConnection = class extends NativeConnection {
            constructor(configuration) { super({ ...configuration, ...window.probeConfiguration }); connections.push(this); this.negotiations = 0;
              this.addEventListener('negotiationneeded', () => this.negotiations++); }
          };
          window.WebSocket = class extends NativeSocket {
            constructor(...options) { super(...options); sockets.push(this); }
          };

          const capture = `registerProcessor('capture', class extends AudioWorkletProcessor {
            process(inputs) { if (inputs[0].length) this.port.postMessage(inputs[0][0].slice()); return true; }
          });`;

          const inbound = async receiver => {
            for (const report of (await receiver.getStats()).values())
              if (report.type === 'inbound-rtp') return report;
            return {};
          };
          const count = (report, name) => report[name] ?? 0;
          const concealed = report => count(report, 'concealedSamples') - count(report, 'silentConcealedSamples');

          async function record(ms) {
            const connection = connections.at(-1);
            const context = new AudioContext({ sampleRate: 48000 });
            await context.audioWorklet.addModule(URL.createObjectURL(new Blob([capture], { type: 'text/javascript' })));
            await context.resume();
            const slots = connection.getTransceivers().filter(t => t.currentDirection === 'recvonly').map(t => t.receiver);
            const recordings = await Promise.all(slots.map(async receiver => {
              const blocks = [], csrcs = new Set();
              const node = new AudioWorkletNode(context, 'capture');
              node.port.onmessage = message => blocks.push(message.data);
              context.createMediaStreamSource(new MediaStream([receiver.track])).connect(node);
              node.connect(context.destination);
              return { receiver, blocks, csrcs, node, before: await inbound(receiver) };
            }));
            const started = performance.now();
            while (performance.now() - started < ms) {
              await new Promise(resolve => setTimeout(resolve, 100));
              for (const r of recordings)
                for (const source of r.receiver.getContributingSources()) r.csrcs.add(source.source);
            }
            const results = await Promise.all(recordings.map(async r => {
              const after = await inbound(r.receiver);
              r.node.disconnect();
              const pcm = new Int16Array(r.blocks.reduce((sum, b) => sum + b.length, 0));
              let at = 0;
              for (const block of r.blocks) for (const sample of block) pcm[at++] = Math.max(-1, Math.min(1, sample)) * 32767;
              const bytes = new Uint8Array(pcm.buffer);
              let text = '';
              for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
              return {
                pcm: btoa(text),
                csrcs: [...r.csrcs],
                received: count(after, 'totalSamplesReceived') - count(r.before, 'totalSamplesReceived'),
                concealed: concealed(after) - concealed(r.before),
                packets: count(after, 'packetsReceived') - count(r.before, 'packetsReceived'),
                lost: count(after, 'packetsLost') - count(r.before, 'packetsLost'),
              };
            }));
            await context.close();
            return results;
          }

          /** Milliseconds without a packet of any slot; the browser renews what it counts about every 50 ms. */
          async function longestGap(ms) {
            const end = performance.now() + ms;
            let packets = 0, since = performance.now(), longest = 0;
            while (performance.now() < end) {
              await new Promise(resolve => setTimeout(resolve, 20));
              let sum = 0;
              for (const report of (await connections.at(-1).getStats()).values()) if (report.type === 'inbound-rtp') sum += report.packetsReceived;
              const now = performance.now();
              if (now - since > longest) {
                longest = now - since;
                window.probe.gapEnd = now;
              }
              if (sum === packets) continue;
              packets = sum;
              since = now;
            }
            return longest;
          }

          /**
           * When the sound began that is heard by now, in milliseconds since 1970: from then on packets come for a second, few of
           * what is played is made up, and it is not a burst that waited in the kernel.
           */
          async function heardSince() {
            const step = 100, steps = 10;
            const sum = async connection => {
              const sums = { connection, at: Date.now(), packets: 0, played: 0, concealed: 0 };
              for (const report of connection ? (await connection.getStats()).values() : []) {
                if (report.type !== 'inbound-rtp' || !report.packetsReceived) continue;
                sums.packets += report.packetsReceived;
                sums.played += count(report, 'totalSamplesReceived');
                sums.concealed += concealed(report);
              }
              return sums;
            };
            const history = [];
            for (;;) {
              history.push(await sum(connections.at(-1)));
              if (history.length > steps + 1) history.shift();
              const [first] = history, last = history.at(-1);
              const fresh = history.filter((now, i) => i > 0 && now.connection === first.connection && now.packets > history[i - 1].packets);
              const played = last.played - first.played;
              if (fresh.length >= 0.6 * steps && fresh[0] === history[1] && played > 0 && last.concealed - first.concealed < 0.2 * played) return first.at;
              await new Promise(resolve => setTimeout(resolve, step));
            }
          }

          /** How the audio goes: `host/udp`, `host/tcp`, `relay/udp`. */
          async function path() {
            const reports = [...(await connections.at(-1).getStats()).values()];
            const pair = reports.find(r => r.id === reports.find(t => t.type === 'transport')?.selectedCandidatePairId);
            const local = reports.find(r => r.id === pair?.localCandidateId);
            return local ? `${local.candidateType === 'relay' ? 'relay' : 'host'}/${local.protocol}` : '';
          }

          window.probe = { connections, sockets, record, longestGap, heardSince, path };
        })();
        """;
}
