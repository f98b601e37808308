using System.Text;
using Sfu.Diagnostics;
using Sfu.Ice;
using Sfu.LoadTest.Clients;
using Sfu.Net;
using Sfu.Stun;
using Sfu.TestKit.Ice;

namespace Sfu.LoadTest.Tests.Clients;

public sealed class BindingAnswerTests
{
    private static readonly TransportAddress From = TransportAddress.FromIPv4(0x0AC8_0001, 20_000);

    /// <summary>The receiver of the check is the load's client here, so the names are the other way round.</summary>
    private static readonly IceCredentials Local = IceAgentHarness.Client;
    private static readonly IceCheck Check = new(Local, IceAgentHarness.Server) { Controlling = null, Controlled = 5 };

    [Fact]
    public void A_check_of_the_server_is_answered_with_its_address_signed_with_the_local_password()
    {
        Assert.Equal(DropReason.None, StunMessage.TryRead(Answer(Check.ToBytes()), out StunMessage answer));

        Assert.Equal(StunMessageType.BindingSuccessResponse, answer.Type);
        Assert.Equal(Check.TransactionId, answer.TransactionId.ToArray());
        Assert.Equal(From, answer.XorMappedAddress);
        Assert.True(answer.HasFingerprint);
        Assert.True(answer.HasValidIntegrity(Encoding.ASCII.GetBytes(Local.Password)));
    }

    [Fact]
    public void What_is_no_check_of_this_client_is_not_answered()
    {
        Assert.Empty(Answer((Check with { Server = Local with { Password = "password-of-somebody-else" } }).ToBytes()));
        Assert.Empty(Answer((Check with { HasIntegrity = false }).ToBytes()));
        Assert.Empty(Answer((Check with { Username = "client0:server01" }).ToBytes()));
        Assert.Empty(Answer((Check with { Type = StunMessageType.BindingIndication }).ToBytes()));
        Assert.Empty(Answer([1, 2, 3]));
    }

    private static byte[] Answer(byte[] datagram)
    {
        var response = new byte[BindingAnswer.MaxLength];
        return response[..BindingAnswer.Write(datagram, Local, From, response)];
    }
}
