using System.Buffers.Binary;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;
using Sfu.Srtp;

namespace Sfu.TestKit.Srtp;

/// <summary>
/// One direction of SRTP and SRTCP, written from RFC 3711 and RFC 7714 upon BouncyCastle: nothing of the product's code,
/// nothing of OpenSSL's. For tests: plain and slow, it knows no replay and takes the rollover counter as it is told.
/// </summary>
public sealed class ReferenceSrtp
{
    private const int GcmTagLength = 16;
    private const int HmacTagLength = 10;

    private readonly bool _gcm;
    private readonly byte[] _rtpKey, _rtpAuth, _rtpSalt, _rtcpKey, _rtcpAuth, _rtcpSalt;

    public ReferenceSrtp(SrtpProfile profile, byte[] masterKey, byte[] masterSalt)
    {
        _gcm = profile != SrtpProfile.AesCm128HmacSha1_80;
        int keyLength = profile == SrtpProfile.AeadAes256Gcm ? 32 : 16;
        int saltLength = _gcm ? 12 : 14;
        _rtpKey = Derive(masterKey, masterSalt, 0x00, keyLength);
        _rtpAuth = Derive(masterKey, masterSalt, 0x01, 20);
        _rtpSalt = Derive(masterKey, masterSalt, 0x02, saltLength);
        _rtcpKey = Derive(masterKey, masterSalt, 0x03, keyLength);
        _rtcpAuth = Derive(masterKey, masterSalt, 0x04, 20);
        _rtcpSalt = Derive(masterKey, masterSalt, 0x05, saltLength);
    }

    /// <summary>Client's and server's direction out of DTLS's exported keying material (RFC 5764 4.2).</summary>
    public static (ReferenceSrtp Client, ReferenceSrtp Server) FromKeyingMaterial(SrtpProfile profile, byte[] exported)
    {
        int key = profile == SrtpProfile.AeadAes256Gcm ? 32 : 16;
        int salt = profile == SrtpProfile.AesCm128HmacSha1_80 ? 14 : 12;
        return (
            new ReferenceSrtp(profile, exported[..key], exported[(2 * key)..(2 * key + salt)]),
            new ReferenceSrtp(profile, exported[key..(2 * key)], exported[(2 * key + salt)..(2 * key + 2 * salt)]));
    }

    public byte[] Protect(byte[] rtp, uint rolloverCounter)
    {
        byte[] header = rtp[..HeaderLength(rtp)];
        byte[] payload = rtp[header.Length..];
        if (_gcm) return [.. header, .. Gcm(true, _rtpKey, RtpNonce(rtp, rolloverCounter), header, payload)!];

        byte[] authenticated = [.. header, .. CounterMode(_rtpKey, RtpIv(rtp, rolloverCounter), payload)];
        return [.. authenticated, .. Hmac(_rtpAuth, [.. authenticated, .. BigEndian(rolloverCounter)])];
    }

    /// <summary>Null if the packet is not authentic.</summary>
    public byte[]? Unprotect(byte[] srtp, uint rolloverCounter)
    {
        byte[] header = srtp[..HeaderLength(srtp)];
        if (_gcm)
        {
            byte[]? plain = Gcm(false, _rtpKey, RtpNonce(srtp, rolloverCounter), header, srtp[header.Length..]);
            return plain is null ? null : [.. header, .. plain];
        }

        byte[] authenticated = srtp[..^HmacTagLength];
        if (!Hmac(_rtpAuth, [.. authenticated, .. BigEndian(rolloverCounter)]).AsSpan().SequenceEqual(srtp.AsSpan(^HmacTagLength..))) return null;

        return [.. header, .. CounterMode(_rtpKey, RtpIv(srtp, rolloverCounter), authenticated[header.Length..])];
    }

    public byte[] ProtectRtcp(byte[] rtcp, uint index, bool encrypt = true)
    {
        byte[] word = BigEndian(encrypt ? index | 0x8000_0000 : index);
        byte[] header = rtcp[..8];
        byte[] rest = rtcp[8..];
        if (_gcm)
        {
            return encrypt
                ? [.. header, .. Gcm(true, _rtcpKey, RtcpNonce(rtcp, index), [.. header, .. word], rest)!, .. word]
                : [.. rtcp, .. Gcm(true, _rtcpKey, RtcpNonce(rtcp, index), [.. rtcp, .. word], [])!, .. word];
        }

        byte[] authenticated = encrypt ? [.. header, .. CounterMode(_rtcpKey, RtcpIv(rtcp, index), rest), .. word] : [.. rtcp, .. word];
        return [.. authenticated, .. Hmac(_rtcpAuth, authenticated)];
    }

    /// <summary>Null if the packet is not authentic.</summary>
    public (byte[] Packet, uint Index)? UnprotectRtcp(byte[] srtcp)
    {
        byte[] word = _gcm ? srtcp[^4..] : srtcp[^(4 + HmacTagLength)..^HmacTagLength];
        bool encrypted = (word[0] & 0x80) != 0;
        uint index = BinaryPrimitives.ReadUInt32BigEndian(word) & 0x7fff_ffff;
        byte[] header = srtcp[..8];
        if (_gcm)
        {
            byte[] body = srtcp[..^(4 + GcmTagLength)];
            byte[] tag = srtcp[^(4 + GcmTagLength)..^4];
            byte[]? plain = encrypted
                ? Gcm(false, _rtcpKey, RtcpNonce(srtcp, index), [.. header, .. word], [.. body[8..], .. tag])
                : Gcm(false, _rtcpKey, RtcpNonce(srtcp, index), [.. body, .. word], tag);
            if (plain is null) return null;

            return (encrypted ? [.. header, .. plain] : body, index);
        }

        byte[] authenticated = srtcp[..^HmacTagLength];
        if (!Hmac(_rtcpAuth, authenticated).AsSpan().SequenceEqual(srtcp.AsSpan(^HmacTagLength..))) return null;

        byte[] text = authenticated[8..^4];
        return ([.. header, .. encrypted ? CounterMode(_rtcpKey, RtcpIv(srtcp, index), text) : text], index);
    }

    // RFC 3711 4.3.1: x = (label || index DIV kdr) XOR master_salt, aligned at their right ends; then AES-CM of x * 2^16 (4.3.3).
    private static byte[] Derive(byte[] masterKey, byte[] masterSalt, byte label, int length)
    {
        byte[] salt112 = new byte[14];
        masterSalt.CopyTo(salt112, 0);
        byte[] keyId = [label, 0, 0, 0, 0, 0, 0];
        for (int i = 0; i < keyId.Length; i++) salt112[^(keyId.Length - i)] ^= keyId[i];
        return CounterMode(masterKey, [.. salt112, 0, 0], new byte[length]);
    }

    // RFC 3711 4.1: IV = (k_s * 2^16) XOR (SSRC * 2^64) XOR (i * 2^16).
    private byte[] RtpIv(byte[] packet, uint rolloverCounter) =>
        Xor([.. _rtpSalt, 0, 0], [0, 0, 0, 0, .. packet[8..12], .. BigEndian(rolloverCounter), .. packet[2..4], 0, 0]);

    private byte[] RtcpIv(byte[] packet, uint index) =>
        Xor([.. _rtcpSalt, 0, 0], [0, 0, 0, 0, .. packet[4..8], 0, 0, .. BigEndian(index), 0, 0]);

    // RFC 7714 8.1: 00 00 | SSRC | ROC | SEQ, XOR salt.
    private byte[] RtpNonce(byte[] packet, uint rolloverCounter) =>
        Xor(_rtpSalt, [0, 0, .. packet[8..12], .. BigEndian(rolloverCounter), .. packet[2..4]]);

    // RFC 7714 9.1: 00 00 | SSRC | 00 00 | SRTCP index, XOR salt.
    private byte[] RtcpNonce(byte[] packet, uint index) =>
        Xor(_rtcpSalt, [0, 0, .. packet[4..8], 0, 0, .. BigEndian(index)]);

    private static int HeaderLength(byte[] packet)
    {
        int length = 12 + 4 * (packet[0] & 0x0f);
        bool hasExtension = (packet[0] & 0x10) != 0;
        return hasExtension ? length + 4 + 4 * BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(length + 2)) : length;
    }

    private static byte[] CounterMode(byte[] key, byte[] iv, byte[] text)
    {
        SicBlockCipher cipher = new(AesUtilities.CreateEngine());
        cipher.Init(true, new ParametersWithIV(new KeyParameter(key), iv));
        byte[] padded = new byte[(text.Length + 15) / 16 * 16];
        text.CopyTo(padded, 0);
        for (int i = 0; i < padded.Length; i += 16) cipher.ProcessBlock(padded, i, padded, i);
        return padded[..text.Length];
    }

    private static byte[]? Gcm(bool encrypt, byte[] key, byte[] nonce, byte[] associatedData, byte[] input)
    {
        GcmBlockCipher cipher = new(AesUtilities.CreateEngine());
        cipher.Init(encrypt, new AeadParameters(new KeyParameter(key), GcmTagLength * 8, nonce, associatedData));
        byte[] output = new byte[cipher.GetOutputSize(input.Length)];
        try
        {
            int written = cipher.ProcessBytes(input, 0, input.Length, output, 0);
            cipher.DoFinal(output, written);
            return output;
        }
        catch (InvalidCipherTextException)
        {
            return null;
        }
    }

    private static byte[] Hmac(byte[] key, byte[] text)
    {
        HMac hmac = new(new Sha1Digest());
        hmac.Init(new KeyParameter(key));
        hmac.BlockUpdate(text, 0, text.Length);
        byte[] digest = new byte[20];
        hmac.DoFinal(digest, 0);
        return digest[..HmacTagLength];
    }

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Xor(byte[] a, byte[] b) => [.. a.Zip(b, (x, y) => (byte)(x ^ y))];
}
