using Sfu.Sdp;

namespace Sfu.Tests.Sdp;

public sealed class ClientAnswerTests
{
    [Fact]
    public void Chromium_is_understood()
    {
        Answer answer = SdpTestData.Read(ClientAnswers.Chromium, slots: 1);

        Assert.Equal(new Sfu.Ice.IceCredentials("Ab/d", "q0Z+yTqBXdX1kYv0w3b/9aKc"), answer.Ice);
        Assert.StartsWith("sha-256 19:E2:", answer.Fingerprint.ToString(), StringComparison.Ordinal);
        Assert.Equal((true, 1876543210u, "8jB2c9nq0rZl3kVx"), (answer.MicrophoneAccepted, answer.MicrophoneSsrc, answer.MicrophoneCname));
        Assert.Equal((111, (byte?)63, (byte?)1), (answer.OpusPayloadType, answer.RedPayloadType, answer.AudioLevelExtensionId));
        Assert.Equal(1u, answer.SlotMask);
    }

    [Fact]
    public void Firefox_is_understood()
    {
        Answer answer = SdpTestData.Read(ClientAnswers.Firefox, slots: 1);

        Assert.Equal("0a1b2c3d", answer.Ice.UsernameFragment);
        Assert.Equal((true, 3463951252u), (answer.MicrophoneAccepted, answer.MicrophoneSsrc));
        Assert.Equal((111, (byte?)null, (byte?)1), (answer.OpusPayloadType, answer.RedPayloadType, answer.AudioLevelExtensionId));
        Assert.Equal(1u, answer.SlotMask);
    }

    [Fact]
    public void Firefox_as_a_listener_is_not_taken_for_a_speaker_by_its_session_level_direction()
    {
        Answer answer = SdpTestData.Read(ClientAnswers.Firefox.With("a=sendonly", "a=inactive"), slots: 1);

        Assert.False(answer.MicrophoneAccepted);
    }

    [Fact]
    public void GStreamer_is_understood()
    {
        Answer answer = SdpTestData.Read(ClientAnswers.GStreamer, slots: 1);

        Assert.Equal((32, 32), (answer.Ice.UsernameFragment.Length, answer.Ice.Password.Length));
        Assert.Equal((true, 2233445566u, "user1234567@host-abcdef"), (answer.MicrophoneAccepted, answer.MicrophoneSsrc, answer.MicrophoneCname));
        Assert.Equal((111, (byte?)null, (byte?)null), (answer.OpusPayloadType, answer.RedPayloadType, answer.AudioLevelExtensionId));
        Assert.Equal(1u, answer.SlotMask);
    }

    [Fact]
    public void Aiortc_is_understood()
    {
        Answer answer = SdpTestData.Read(ClientAnswers.Aiortc, slots: 1);

        Assert.Equal(new Sfu.Ice.IceCredentials("kL9x", "N3vQ8sT1uW5yZ7aB2cD4eF"), answer.Ice);
        Assert.StartsWith("sha-384 ", answer.Fingerprint.ToString(), StringComparison.Ordinal);
        Assert.Equal((true, 3344556677u), (answer.MicrophoneAccepted, answer.MicrophoneSsrc));
        Assert.Equal(1u, answer.SlotMask);
    }

    [Fact]
    public void A_pion_listener_is_understood()
    {
        Answer answer = SdpTestData.Read(ClientAnswers.PionListener, slots: 1);

        Assert.Equal("BKtVSpHLmlTqwtPu", answer.Ice.UsernameFragment);
        Assert.False(answer.MicrophoneAccepted);
        Assert.Equal(1u, answer.SlotMask);
    }

    [Fact]
    public void A_client_with_everything_at_session_level_that_only_speaks_is_understood()
    {
        Answer answer = SdpTestData.Read(ClientAnswers.SessionLevel, slots: 1);

        Assert.Equal("a_-Z", answer.Ice.UsernameFragment);
        Assert.Equal((true, (uint?)null), (answer.MicrophoneAccepted, answer.MicrophoneSsrc));
        Assert.Equal((111, (byte?)63), (answer.OpusPayloadType, answer.RedPayloadType));
        Assert.Equal(0, answer.SlotsAccepted);
    }
}
