using System.Text.RegularExpressions;
using OsDeploy.Text;

namespace OsDeploy.Server.Boot;

/// <summary>A line of dnsmasq's log that is about one PC.</summary>
/// <param name="Mac">Null: the line names an address only.</param>
/// <param name="Script">Of the card whose own script was sent to that address; null: something else was.</param>
internal sealed record DnsmasqLine(MacAddress? Mac, string? Address, string What, string Detail, MacAddress? Script = null);

/// <summary>
/// Reads dnsmasq's log as it grows. It is asked instead of dnsmasq's own script hook because that says nothing of what a proxy answers.
/// </summary>
internal sealed partial class DnsmasqLog(string path)
{
    private const int MaxRead = 1 << 20;
    private const int MaxRemembered = 5000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _starting = [];
    private long _position = -1;
    private string _rest = "";

    /// <summary>What has come since the last time. The first time, nothing: what is old is no start of now.</summary>
    public IReadOnlyList<DnsmasqLine> ReadNew()
    {
        lock (_gate)
        {
            return ReadLines();
        }
    }

    private IReadOnlyList<DnsmasqLine> ReadLines()
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var isFirst = _position < 0;
            if (isFirst || file.Length < _position)
            {
                (_position, _rest) = (isFirst ? file.Length : 0, "");
            }

            file.Position = _position;
            var buffer = new byte[(int)Math.Min(MaxRead, file.Length - _position)];
            _position += file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var lines = (_rest + System.Text.Encoding.Latin1.GetString(buffer)).Split('\n');
            _rest = lines[^1].Length < MaxRead ? lines[^1] : "";
            return [.. lines[..^1].Where(IsOfStart).Select(Parse).OfType<DnsmasqLine>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // A phone asks for an address too, and so does the system on a PC's disk. What a PC says of itself stands in the log above its packet, with the number of the transaction.
    private bool IsOfStart(string line)
    {
        if (Starting().Match(line) is { Success: true } said)
        {
            if (_starting.Count >= MaxRemembered)
            {
                _starting.Clear();
            }

            _starting.Add(said.Groups["id"].Value);
            return false;
        }

        return Packet().Match(line) is not { Success: true } packet || packet.Groups["type"].Value == "PXE" || _starting.Contains(packet.Groups["id"].Value);
    }

    /// <returns>Null: it is about nothing that a technician wants to see.</returns>
    public static DnsmasqLine? Parse(string line)
    {
        if (Packet().Match(line) is { Success: true } packet && MacAddress.TryParse(packet.Groups["mac"].Value, out var mac))
        {
            var address = packet.Groups["ip"] is { Success: true, Value: var ip } ? ip : null;
            return new DnsmasqLine(mac, address, "dhcp", Printable.Of($"{packet.Groups["type"].Value} {address}", 80));
        }

        return File().Match(line) is { Success: true } file
            ? new DnsmasqLine(null, file.Groups["ip"].Value, "loader", Printable.Of($"{Path.GetFileName(file.Groups["path"].Value)} by TFTP", 80), ScriptOf(file.Groups["path"].Value))
            : null;
    }

    private static MacAddress? ScriptOf(string path) =>
        path.EndsWith(TftpTree.ScriptSuffix, StringComparison.Ordinal) && MacAddress.TryParse(Path.GetFileNameWithoutExtension(path), out var mac) ? mac : null;

    // dnsmasq-dhcp[9]: 123 DHCPDISCOVER(br0) 52:54:00:00:00:01 · 123 DHCPACK(br0) 10.77.0.101 52:54:00:00:00:01 · 123 PXE(br0) 52:54:00:00:00:01 shimx64.efi
    [GeneratedRegex(@"dnsmasq-dhcp\[\d+\]: (?:(?<id>\d+) )?(?<type>DHCPDISCOVER|DHCPACK|DHCPNAK|PXE)\([^ )]{1,15}\) (?:(?<ip>\d{1,3}(?:\.\d{1,3}){3}) )?(?<mac>(?:[0-9a-f]{2}:){5}[0-9a-f]{2})")]
    private static partial Regex Packet();

    // dnsmasq-dhcp[9]: 123 vendor class: PXEClient:Arch:00007:UNDI:003016
    [GeneratedRegex(@"dnsmasq-dhcp\[\d+\]: (?<id>\d+) vendor class: (?:PXEClient|HTTPClient):")]
    private static partial Regex Starting();

    // dnsmasq-tftp[9]: sent /srv/tftp/shimx64.efi to 10.77.0.101
    [GeneratedRegex(@"dnsmasq-tftp\[\d+\]: sent (?<path>/[^ ]{1,200}) to (?<ip>\d{1,3}(?:\.\d{1,3}){3})\s*$")]
    private static partial Regex File();
}
