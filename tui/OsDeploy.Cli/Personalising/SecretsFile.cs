using OsDeploy.Personalisation;

namespace OsDeploy.Cli.Personalising;

/// <summary>Secrets of a host in a file, a line each: <c>JOINPASSWORD=...</c>. They are never taken from a command line, which others can see.</summary>
internal static class SecretsFile
{
    private const string ProductKey = "PRODUCTID";
    private static readonly string[] s_words = ["JOINUSER", "JOINPASSWORD", "ACCOUNTDATA", "ADMINPASSWORD", ProductKey];

    /// <param name="systems">Each has the same product key.</param>
    /// <exception cref="UserErrorException"><c>usage-secrets</c>, <c>file-unreadable</c></exception>
    public static async Task<PersonalSecrets> ReadAsync(Terminal terminal, string? path, IEnumerable<PersonalSystem> systems, CancellationToken cancel)
    {
        if (path is null)
        {
            return PersonalSecrets.None;
        }

        var values = new Dictionary<string, string>();
        var lines = (await InputFile.ReadTextAsync(terminal, path, cancel)).Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        foreach (var (line, number) in lines.Select((line, i) => (line, i + 1)).Where(one => one.line.Length > 0))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at < 0 || !s_words.Contains(line[..at]) || !values.TryAdd(line[..at], line[(at + 1)..]))
            {
                throw Errors.UsageSecrets(path, number, s_words);
            }
        }

        var key = values.GetValueOrDefault(ProductKey);
        return new PersonalSecrets(
            key is null ? [] : [.. systems.Select(system => new PartitionProductId(system.Disk, system.Number, key))],
            values.GetValueOrDefault("JOINUSER"),
            values.GetValueOrDefault("JOINPASSWORD"),
            values.GetValueOrDefault("ACCOUNTDATA"),
            values.GetValueOrDefault("ADMINPASSWORD"));
    }
}
