using OsDeploy.Api.Hosts;

namespace OsDeploy.Cli;

/// <summary>All <c>--detail KEY=VALUE</c> of a command line; the keys are the columns of the host list.</summary>
internal static class DetailSetting
{
    public static IReadOnlyList<string> Keys { get; } = ["inventory", "owner", "serial", "row", "place", "ip", "wlanmac", "wlanip"];

    /// <returns>Null if nothing was said.</returns>
    /// <exception cref="UserErrorException"><c>usage-detail</c></exception>
    public static HostDetails? Parse(IReadOnlyList<string>? texts)
    {
        if (texts is not { Count: > 0 })
        {
            return null;
        }

        var said = new Dictionary<string, string>();
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? text : text[..equals];
            if (equals < 0 || !Keys.Contains(key) || !said.TryAdd(key, text[(equals + 1)..]))
            {
                throw ServerErrors.UsageDetail(text, Keys);
            }
        }

        string? Value(string key) => said.GetValueOrDefault(key);
        return new HostDetails(Value("ip"), Value("row"), Value("place"), Value("wlanmac"), Value("wlanip"), Value("serial"), Value("inventory"), Value("owner"));
    }
}
