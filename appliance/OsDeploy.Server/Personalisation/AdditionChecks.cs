using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using OsDeploy.Api.Personal;
using OsDeploy.Personalisation;
using OsDeploy.Text;
using OsDeploy.Windows;

namespace OsDeploy.Server.Personalisation;

/// <summary>What can be told of a file before a host stumbles over it.</summary>
internal static partial class AdditionChecks
{
    /// <summary>Bytes: larger ones are not looked into, and are no scripts.</summary>
    public const int MostRead = RegistryFile.MaxSize;

    private const int MostSearched = 1 << 20;

    // Microsoft, "Naming Files, Paths, and Namespaces".
    private static readonly SearchValues<char> s_notInWindows = SearchValues.Create("<>:\"|?*");

    private static readonly FrozenSet<string> s_devices = FrozenSet.ToFrozenSet(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(i => new[] { string.Create(CultureInfo.InvariantCulture, $"COM{i}"), string.Create(CultureInfo.InvariantCulture, $"LPT{i}") })],
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[] s_windowsScripts = [".cmd", ".bat", ".ps1", ".vbs"];

    /// <summary>A kind that only Windows has a use for.</summary>
    public static bool IsForWindows(PersonalFileKind kind) =>
        kind is PersonalFileKind.Setup or PersonalFileKind.Registry or PersonalFileKind.JoinScript or PersonalFileKind.Driver or PersonalFileKind.Printers;

    /// <exception cref="UserErrorException"><c>addition-path-invalid</c></exception>
    public static void CheckPath(PersonalFileKind kind, string path)
    {
        if (path.Length is 0 or > Addition.MaxPath || Printable.Of(path, Addition.MaxPath) != path)
        {
            throw PersonalErrors.PathInvalid(path, string.Create(CultureInfo.InvariantCulture, $"is empty, longer than {Addition.MaxPath} characters, or holds some that cannot be shown"));
        }

        if (path.Contains('\\', StringComparison.Ordinal) || path.Split('/').Any(name => name is "" or "." or ".."))
        {
            throw PersonalErrors.PathInvalid(path, "is not a path below a folder");
        }

        if (IsForWindows(kind) && path.Split('/').FirstOrDefault(name => !IsWindowsName(name)) is { } wrong)
        {
            throw PersonalErrors.PathInvalid(path, $"cannot be on Windows: \"{wrong}\" is a name it does not take");
        }
    }

    /// <summary>Looks into a file.</summary>
    /// <returns>What whoever adds it should think about; null: nothing.</returns>
    /// <exception cref="UserErrorException"><c>addition-file-invalid</c>, <c>registry-file</c></exception>
    public static string? Check(PersonalFileKind kind, string path, byte[] bytes)
    {
        switch (kind)
        {
            case PersonalFileKind.Registry:
                _ = RegistryFile.Parse(bytes);
                break;
            case PersonalFileKind.PostScript or PersonalFileKind.BeforeJob or PersonalFileKind.AfterJob when bytes is not [(byte)'#', (byte)'!', ..]:
                throw PersonalErrors.FileInvalid(path, "is not a script of Linux: it does not begin with #!");
            case PersonalFileKind.JoinScript when !s_windowsScripts.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase):
                throw PersonalErrors.FileInvalid(path, $"is not a script of Windows: its name does not end in {string.Join(", ", s_windowsScripts)}");
            case PersonalFileKind.SshKey:
                CheckLines(path, bytes, line => PublicKey().IsMatch(line), "is not a public key as ssh-keygen writes it");
                break;
            case PersonalFileKind.Printers:
                CheckLines(path, bytes, line => Printer().IsMatch(line), "is not the name of a printer, as \\\\server\\printer");
                break;
            default:
                break;
        }

        return PasswordIn(bytes);
    }

    /// <exception cref="UserErrorException"><c>addition-file-invalid</c></exception>
    public static void CheckLarge(PersonalFileKind kind, string path)
    {
        if (kind is not (PersonalFileKind.Setup or PersonalFileKind.Driver or PersonalFileKind.Overlay))
        {
            throw PersonalErrors.FileInvalid(path, $"has more than {Sizes.Of(MostRead)}, which is too much for its kind");
        }
    }

    private static bool IsWindowsName(string name) =>
        !name.AsSpan().ContainsAny(s_notInWindows) && name[^1] is not ('.' or ' ') && !s_devices.Contains(name.Split('.')[0].TrimEnd());

    private static void CheckLines(string path, byte[] bytes, Func<string, bool> isGood, string why)
    {
        var lines = ForeignText.Of(bytes).ReplaceLineEndings("\n").Split('\n').Select((line, i) => (Text: line.Trim(), Number: i + 1)).Where(line => line.Text.Length > 0).ToList();
        if (lines.Count == 0)
        {
            throw PersonalErrors.FileInvalid(path, "is empty");
        }

        if (lines.FirstOrDefault(line => !isGood(line.Text)) is { Text: not null } wrong)
        {
            throw PersonalErrors.FileInvalid(path, string.Create(CultureInfo.InvariantCulture, $"cannot be used: line {wrong.Number} {why}"));
        }
    }

    // Whoever may see additions reads files too; and on the host they stay until the set-up of Windows has run.
    private static string? PasswordIn(byte[] bytes)
    {
        if (bytes.Length > MostSearched || bytes.AsSpan().StartsWith("MZ"u8))
        {
            return null;
        }

        var lines = ForeignText.Of(bytes).ReplaceLineEndings("\n").Split('\n');
        var at = Array.FindIndex(lines, line => Password().IsMatch(line));
        return at < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"Line {at + 1} looks as if it held a password. This file lies on the appliance and on every host that gets it, for anybody who looks.");
    }

    [GeneratedRegex(@"^(?:[a-z0-9,@.""=-]+ )?(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-nistp\d+|sk-[a-z0-9@.-]+) [A-Za-z0-9+/]{16,}={0,2}(?: .*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex PublicKey();

    [GeneratedRegex(@"^\\\\[^\\/\s]+\\[^\\/]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Printer();

    [GeneratedRegex(@"(?:passwor[dt]|passwd|kennwort|passphrase|\bpwd|mot.de.passe)""?\s*[:=]\s*""?[^\s""%$]|\bnet\s+user\s+[^\s/]+\s+[^\s/*]|/user:\S+\s+[^\s/*%]\S*\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Password();
}
