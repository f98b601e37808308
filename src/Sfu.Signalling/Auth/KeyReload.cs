using Microsoft.Extensions.Primitives;
using Sfu.Signalling.Diagnostics;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Auth;

/// <summary>Takes over the keys whenever the configuration changes, so that keys are rotated without a restart.</summary>
/// <remarks>Keys with errors, and no keys at all, are not taken: the ring stays as it is, and the log says why.</remarks>
internal sealed class KeyReload(IConfiguration configuration, KeyRing keys, ILogger<KeyReload> log) : IHostedService, IDisposable
{
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!keys.IsDevelopment)
            _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _subscription?.Dispose();

    private void Reload()
    {
        var errors = new List<string>();
        IConfigurationSection section = configuration.GetSection($"{ServerSettings.Section}:Keys");
        KeyRing read = KeyRing.Read(new SettingsReader(section, errors));
        if (errors.Count == 0 && read.KeyIds.Count == 0)
            errors.Add($"{section.Path}:<kid> is missing.");
        if (errors.Count > 0)
        {
            log.KeysNotTaken(string.Join(" ", errors));
            return;
        }

        keys.Replace(read);
        log.KeysTaken(string.Join(", ", read.KeyIds));
    }
}
