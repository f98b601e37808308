namespace Sfu.Signalling.Options;

/// <summary>Section <c>Sfu:Tls</c>: PEM files for addresses that begin with <c>https</c>.</summary>
/// <param name="Certificate">Path; the chain may follow the server's own.</param>
/// <param name="Key">Path.</param>
internal sealed record TlsSettings(string Certificate, string Key)
{
    /// <returns>Null when nothing is configured, or not all.</returns>
    public static TlsSettings? Read(SettingsReader reader)
    {
        string? certificate = reader.Text(nameof(Certificate));
        string? key = reader.Text(nameof(Key));
        reader.RefuseUnknown();
        if (certificate is null && key is null)
            return null;
        Check(nameof(Certificate), certificate);
        Check(nameof(Key), key);
        return certificate is null || key is null ? null : new TlsSettings(certificate, key);

        void Check(string field, string? path)
        {
            if (path is null)
                reader.Fail(field, "is missing.");
            else if (!File.Exists(path))
                reader.Fail(field, $"names \"{path}\", which is no file.");
        }
    }
}
