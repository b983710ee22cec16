using System.Text.RegularExpressions;
using OsDeploy.Api.Helper;

namespace OsDeploy.Helper;

/// <summary>
/// Which lines a configuration of dnsmasq may have. Its author, the daemon, is not trusted with root, and dnsmasq can run programs and read
/// files: so a line that is not known here is refused, whatever it says.
/// </summary>
internal static partial class ConfigurationCheck
{
    private const string Address = @"[0-9]{1,3}(?:\.[0-9]{1,3}){3}";
    private const string Tags = "(?:tag:!?[a-z0-9]{1,12},){0,4}";
    private const string File = @"(?:(?:shimx64\.efi|snponly\.efi|undionly\.kpxe|unsupported\.txt)|http://" + Address + @"(?::[0-9]{1,5})?/(?:boot\.ipxe|efi/shimx64\.efi|efi/snponly\.efi))";

    /// <exception cref="UserErrorException"><c>dnsmasq-refused</c>, <c>dnsmasq-incomplete</c></exception>
    public static void Require(string configuration, DnsmasqPaths paths)
    {
        var lines = configuration.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            if (!paths.FixedLines.Contains(line) && !Known().IsMatch(line))
            {
                throw Errors.LineRefused(line);
            }
        }

        if (paths.FixedLines.Except(lines).FirstOrDefault() is { } missing)
        {
            throw Errors.LineMissing(missing);
        }

        if (!lines.Any(line => line.StartsWith("interface=", StringComparison.Ordinal)))
        {
            throw Errors.LineMissing("interface=");
        }
    }

    [GeneratedRegex(
        @"^(?:" +
        @"\# [A-Za-z0-9 .,:;-]{1,120}" +
        @"|interface=[A-Za-z0-9][A-Za-z0-9._-]{0,14}" +
        @"|dhcp-range=" + Address + ",proxy," + Address +
        @"|dhcp-range=" + Address + "," + Address + "," + Address + ",[0-9]{1,5}m" +
        @"|dhcp-option=option:router(?:," + Address + ")?" +
        @"|dhcp-option=option:dns-server(?:," + Address + "){1,4}" +
        @"|dhcp-match=set:[a-z0-9]{1,12},option:client-arch,[0-9]{1,2}" +
        @"|dhcp-match=set:ipxe,175" +
        @"|dhcp-userclass=set:ipxe,iPXE" +
        @"|dhcp-boot=" + Tags + File +
        @"|dhcp-option-force=tag:[a-z0-9]{1,12},option:vendor-class,HTTPClient" +
        @"|pxe-service=" + Tags + "(?:X86PC|X86-64_EFI|BC_EFI|IA32_EFI|ARM32_EFI|ARM64_EFI),\"[A-Za-z0-9 -]{1,40}\"," + File +
        @")\z", RegexOptions.CultureInvariant)]
    private static partial Regex Known();
}
