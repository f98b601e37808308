using System.Net;
using System.Net.Sockets;
using Sfu.Signalling.Diagnostics;
using Sfu.Signalling.Hosting;
using Sfu.Signalling.Options;

WebApplicationBuilder builder = SignallingHost.CreateBuilder(args);
ServerSettings? settings = ServerSettings.Read(builder.Configuration, out IReadOnlyList<string> errors);
if (settings is null)
{
    Console.Error.WriteLine("The server does not start:");
    foreach (string error in errors)
        Console.Error.WriteLine($"- {error}");
    return ExitCode.BadConfiguration;
}

Console.WriteLine("Configuration:");
foreach (string line in EffectiveConfiguration.Lines(settings))
    Console.WriteLine(line);

WebApplication app = SignallingHost.Build(builder, settings);
try
{
    await app.StartAsync();
}
catch (Exception e) when (e is SocketException or IOException)
{
    Console.Error.WriteLine($"The server cannot listen: {e.Message}");
    await app.DisposeAsync();
    return ExitCode.CannotListen;
}

if (!settings.Keys.IsDevelopment && settings.Media.BindAddresses.All(IPAddress.IsLoopback))
    app.Logger.MediaOnLoopbackOnly();
string address = $"{app.Urls.First().TrimEnd('/')}/";
Console.WriteLine(settings.Keys.IsDevelopment
    ? $"Open {address} in two tabs: take the stage in one, listen in the other."
    : $"Serving {address}");
await app.WaitForShutdownAsync();
await app.DisposeAsync();
return ExitCode.Ok;
