using Microsoft.Extensions.Configuration;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Tests.Options;

public sealed class ControlSettingsTests
{
    [Fact]
    public void Nothing_has_to_be_configured()
    {
        ServerSettings settings = Read([], out _)!;

        Assert.Equal(new GrpcSettings(), settings.Grpc);
        Assert.Null(settings.Tls);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        string file = typeof(ControlSettingsTests).Assembly.Location;
        ServerSettings settings = Read(
            new()
            {
                ["Sfu:Grpc:PublicUrl"] = "wss://sfu.example.org/v1/ws",
                ["Sfu:Grpc:WatchQueue"] = "64",
                ["Sfu:Tls:Certificate"] = file,
                ["Sfu:Tls:Key"] = file,
            },
            out _)!;

        Assert.Equal(new GrpcSettings { PublicUrl = "wss://sfu.example.org/v1/ws", WatchQueue = 64 }, settings.Grpc);
        Assert.Equal(new TlsSettings(file, file), settings.Tls);
    }

    [Theory]
    [InlineData("Sfu:Grpc:PublicUrl", "https://sfu.example.org", "Sfu:Grpc:PublicUrl must be a URL")]
    [InlineData("Sfu:Grpc:WatchQueue", "1", "Sfu:Grpc:WatchQueue must be a whole number")]
    [InlineData("Sfu:Grpc:Colour", "red", "Sfu:Grpc:Colour is not a setting")]
    [InlineData("Sfu:Tls:Colour", "red", "Sfu:Tls:Colour is not a setting")]
    [InlineData("Sfu:Tls:Key", "/nowhere/tls.key", "Sfu:Tls:Certificate is missing", "Sfu:Tls:Key names \"/nowhere/tls.key\"")]
    public void What_is_wrong_is_told(string key, string value, params string[] beginnings)
    {
        Assert.Null(Read(new() { [key] = value }, out IReadOnlyList<string> errors));

        Assert.Equal(beginnings.Length, errors.Count);
        foreach ((string beginning, string error) in beginnings.Zip(errors))
            Assert.StartsWith(beginning, error, StringComparison.Ordinal);
    }

    private static ServerSettings? Read(Dictionary<string, string?> values, out IReadOnlyList<string> errors) =>
        ServerSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), out errors);
}
