using System.Text.RegularExpressions;

namespace OsDeploy.Agent.Hardware;

/// <summary>Names of PCI devices, from the list that <c>lspci</c> carries.</summary>
internal static partial class PciNames
{
    /// <returns>Name by address as <c>/sys/bus/pci/devices</c> has it; null without lspci.</returns>
    public static async Task<IReadOnlyDictionary<string, string>?> ReadAsync(CancellationToken cancel)
    {
        if (Command.Find("lspci") is null)
        {
            return null;
        }

        var result = await new Command("lspci", "-mm", "-D").Accepting(_ => true).RunAsync(cancel);
        return Parse(result.Output);
    }

    /// <summary>Lines such as <c>0000:00:03.0 "Ethernet controller" "Intel Corporation" "82540EM" -r02 "" ""</c>.</summary>
    internal static IReadOnlyDictionary<string, string> Parse(string output)
    {
        var names = new Dictionary<string, string>();
        foreach (var match in output.Split('\n').Select(line => Line().Match(line)).Where(match => match.Success))
        {
            names[match.Groups["address"].Value] = $"{match.Groups["vendor"].Value} {match.Groups["device"].Value}".Replace("\\\"", "\"", StringComparison.Ordinal);
        }

        return names;
    }

    [GeneratedRegex("""^(?<address>[0-9a-f:.]+) "(?:[^"\\]|\\.)*" "(?<vendor>(?:[^"\\]|\\.)*)" "(?<device>(?:[^"\\]|\\.)*)"(?: |$)""")]
    private static partial Regex Line();
}
