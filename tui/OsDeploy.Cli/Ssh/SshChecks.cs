using System.Net;
using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Helper;

namespace OsDeploy.Cli.Ssh;

/// <summary>What sshd (AuthorizedKeysCommand) and PAM (pam_exec) ask before anybody is let in. They run this as the daemon's user and as root.</summary>
internal sealed class SshChecks(Terminal terminal, TimeProvider clock, string socket)
{
    // pam_exec hands over at most PAM_MAX_RESP_SIZE bytes, with a zero at the end.
    private const int MostBytes = 512;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Lines for sshd; none if there is no such operator.</summary>
    public async Task<ExitCode> PrintKeysAsync(string name, CancellationToken cancel)
    {
        if (!MirroredOperators.IsName(name))
        {
            return ExitCode.Done;
        }

        using var api = new ApiClient(socket, clock, new ConnectionOptions().Once());
        foreach (var line in await api.CallAsync(LocalApi.Keys, cancel, name))
        {
            await terminal.Output.WriteLineAsync(line);
        }

        return ExitCode.Done;
    }

    /// <summary>Whether the password that comes in is that of the user whom PAM names. Says nothing but by its exit code.</summary>
    public async Task<ExitCode> CheckPasswordAsync(IReadOnlyDictionary<string, string> pam, CancellationToken cancel)
    {
        if (!pam.TryGetValue("PAM_USER", out var name) || !MirroredOperators.IsName(name) || await ReadPasswordAsync(cancel) is not { } password)
        {
            return ExitCode.Failed;
        }

        var from = pam.TryGetValue("PAM_RHOST", out var host) && IPAddress.TryParse(host, out var address) ? address : IPAddress.Any;
        using var api = new ApiClient(socket, clock, new ConnectionOptions().Once());
        try
        {
            await api.CallAsync(LocalApi.Check, new LocalCheck(name, password, from.ToString()), cancel);
            return ExitCode.Done;
        }
        catch (UserErrorException)
        {
            return ExitCode.Failed;
        }
    }

    private static async Task<string?> ReadPasswordAsync(CancellationToken cancel)
    {
        var buffer = new byte[MostBytes + 1];
        await using var input = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        var length = await input.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        var bytes = buffer.AsSpan(0, length).TrimEnd((byte)0);
        try
        {
            return bytes.Length is > 0 and < MostBytes ? s_utf8.GetString(bytes) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
