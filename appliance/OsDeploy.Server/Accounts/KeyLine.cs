using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace OsDeploy.Server.Accounts;

/// <summary>
/// A public key for SSH, as a line of authorized_keys without options and remark. What kind of key it is and whether it is one,
/// <c>ssh-keygen</c> says: it is what will read it.
/// </summary>
/// <param name="Text">Type and base64.</param>
/// <param name="Fingerprint"><c>SHA256:...</c></param>
internal sealed partial record KeyLine(string Type, string Text, string Fingerprint)
{
    public const int LeastRsaBits = 3072;

    private const int MaxLength = 8 << 10;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    /// <exception cref="UserErrorException"><c>key-rejected</c>, <c>tool-missing</c></exception>
    public static async Task<KeyLine> ReadAsync(string line, CancellationToken cancel)
    {
        var text = line.TrimEnd('\r', '\n');
        if (text.Length > MaxLength || Grammar().Match(text) is not { Success: true } match)
        {
            throw AccountErrors.KeyRejected("it is not one line of a type that is taken, a key and perhaps a remark");
        }

        var key = $"{match.Groups["type"].Value} {match.Groups["key"].Value}";
        return new KeyLine(match.Groups["type"].Value, key, await ExamineAsync(key, match.Groups["key"].Value, cancel));
    }

    private static async Task<string> ExamineAsync(string key, string base64, CancellationToken cancel)
    {
        var result = await new Command("ssh-keygen", "-l", "-E", "sha256", "-f", "-").WithInput(key + "\n").WithDeadline(s_deadline).Accepting(_ => true).RunAsync(cancel);
        if (result.ExitCode != 0 || Said().Match(result.Output) is not { Success: true } said)
        {
            throw AccountErrors.KeyRejected("ssh-keygen does not know it as a key");
        }

        var bits = int.Parse(said.Groups["bits"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        if (said.Groups["kind"].Value == "RSA" && bits < LeastRsaBits)
        {
            throw AccountErrors.KeyRejected($"an RSA key of {bits} bits is too short");
        }

        var fingerprint = "SHA256:" + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(base64))).TrimEnd('=');
        return fingerprint == said.Groups["fingerprint"].Value ? fingerprint : throw AccountErrors.KeyRejected("ssh-keygen reads it as another key");
    }

    [GeneratedRegex(
        @"^(?<type>ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com) (?<key>[A-Za-z0-9+/]+={0,2})(?: [ -~]*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();

    [GeneratedRegex(@"^(?<bits>[0-9]{1,6}) (?<fingerprint>SHA256:[A-Za-z0-9+/]+) .*\((?<kind>[A-Z0-9-]+)\)\s*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Said();
}
