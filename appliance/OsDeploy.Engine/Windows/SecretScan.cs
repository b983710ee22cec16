using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using OsDeploy.Personalisation;
using OsDeploy.Text;

namespace OsDeploy.Windows;

/// <summary>
/// Finds passwords that a set-up of Windows left behind, and says where, never what. Base64 in an answer file hides nothing; what Windows
/// has blotted out after it was used is no secret any more (Microsoft, "Hide Sensitive Data in an Answer File").
/// </summary>
internal sealed partial class SecretScan(VolumeTree tree)
{
    private const int MostFile = 4 << 20;
    private const int MostDepth = 8;
    private const string BlottedOut = "*SENSITIVE*DATA*DELETED*";
    private const string Winlogon = @"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon";

    private static readonly string[] s_answerFolders =
        ["", "Windows/Panther", "Windows/Panther/Unattend", "Windows/System32/Sysprep", "Windows/System32/Sysprep/Panther", "Windows/Setup/Scripts", "sysprep", "sysprep/i386", "MININT"];

    private static readonly string[] s_policyFolders = ["Windows/System32/GroupPolicy", "ProgramData/Microsoft/Group Policy/History"];

    // Elements of answer files; some hold their text in a Value.
    private static readonly HashSet<string> s_elements = new(StringComparer.OrdinalIgnoreCase)
        { "Password", "AdministratorPassword", "AccountData", "MachinePassword", "DomainAdminPassword" };

    private static readonly HashSet<string> s_keys = new(StringComparer.OrdinalIgnoreCase) { "AdminPassword", "DomainAdminPassword", "Password" };

    /// <returns>Where, as people find it: a file and what in it, or a value of the registry.</returns>
    public IReadOnlyList<string> Find() => [.. FindInFiles(), .. FindInRegistry()];

    private IEnumerable<string> FindInFiles()
    {
        foreach (var path in s_answerFolders.SelectMany(tree.FilesIn).Concat(s_policyFolders.SelectMany(folder => FilesBelow(folder, 0))).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var isXml = path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
            if ((isXml || path.EndsWith(".inf", StringComparison.OrdinalIgnoreCase)) && tree.TryRead(path, MostFile) is { } bytes)
            {
                foreach (var name in (isXml ? NamesInXml(bytes) : NamesInInf(ForeignText.Of(bytes))).Distinct())
                {
                    yield return $"{name} in {path.Replace('/', '\\')}";
                }
            }
        }
    }

    private IEnumerable<string> FilesBelow(string folder, int depth)
    {
        if (depth == MostDepth || tree.Find(folder) is not { } place || !Directory.Exists(place))
        {
            return [];
        }

        var below = new DirectoryInfo(place).EnumerateDirectories().Where(one => one.LinkTarget is null).Select(one => one.Name).Order(StringComparer.Ordinal);
        return tree.FilesIn(folder).Concat(below.SelectMany(name => FilesBelow($"{folder}/{name}", depth + 1)));
    }

    private IEnumerable<string> FindInRegistry()
    {
        RegistryData? data;
        try
        {
            data = WindowsRegistry.Of(tree.Find).Read(Winlogon, "DefaultPassword");
        }
        catch (UserErrorException e) when (e.Code.StartsWith("hive-", StringComparison.Ordinal))
        {
            yield break;
        }

        if (data is not null && data.Bytes.Any(one => one != 0))
        {
            yield return $@"DefaultPassword in {Winlogon}";
        }
    }

    internal static IReadOnlyList<string> NamesInXml(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return [.. XDocument.Load(reader).Descendants().SelectMany(NamesIn)];
        }
        catch (XmlException)
        {
            // Windows will not take it either, and a person may still read it.
            return [.. LooseElement().Matches(ForeignText.Of(bytes)).Where(match => s_elements.Contains(match.Groups[1].Value) && IsSecret(match.Groups[2].Value)).Select(match => match.Groups[1].Value)];
        }
    }

    private static IEnumerable<string> NamesIn(XElement element)
    {
        if (s_elements.Contains(element.Name.LocalName))
        {
            var value = element.Elements().FirstOrDefault(child => child.Name.LocalName == "Value")?.Value ?? element.Nodes().OfType<XText>().FirstOrDefault()?.Value;
            if (IsSecret(value))
            {
                yield return element.Parent is { } parent && element.Name.LocalName == "Password" ? $"{parent.Name.LocalName}/Password" : element.Name.LocalName;
            }
        }

        // Group Policy Preferences: the key to this is public (Microsoft, MS14-025).
        if (element.Attributes().Any(attribute => attribute.Name.LocalName.Equals("cpassword", StringComparison.OrdinalIgnoreCase) && IsSecret(attribute.Value)))
        {
            yield return "cpassword";
        }
    }

    internal static IReadOnlyList<string> NamesInInf(string text)
    {
        var lines = text.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .Select(pair => (Key: pair[0].Trim(), Value: pair[1].Trim().Trim('"'))).ToList();

        // A hash, which Mini-Setup takes in the place of the administrator's password.
        var isHashed = lines.Exists(pair => pair.Key.Equals("EncryptedAdminPassword", StringComparison.OrdinalIgnoreCase) && pair.Value.Equals("yes", StringComparison.OrdinalIgnoreCase));
        return [.. lines.Where(pair => s_keys.Contains(pair.Key) && pair.Value is not "*" && IsSecret(pair.Value) && !(isHashed && pair.Key.Equals("AdminPassword", StringComparison.OrdinalIgnoreCase)))
            .Select(pair => pair.Key)];
    }

    private static bool IsSecret(string? value) => !string.IsNullOrWhiteSpace(value) && value.Trim() != BlottedOut;

    [GeneratedRegex(@"<(?:\w+:)?(\w+)[^>]*>\s*(?:<(?:\w+:)?Value[^>]*>)?([^<]*)")]
    private static partial Regex LooseElement();
}
