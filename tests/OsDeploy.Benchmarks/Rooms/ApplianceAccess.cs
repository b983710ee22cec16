using OsDeploy.Api;
using OsDeploy.Benchmarks.Machine;

namespace OsDeploy.Benchmarks.Rooms;

/// <summary>How the daemon of a trial is reached. Not a record: its text would show the password.</summary>
internal sealed class ApplianceAccess(string url, ServerKey key, string password, int pid)
{
    public const string OperatorName = "admin";

    // Agents wait for hours; a trial whose daemon has died is to fail.
    private static readonly TimeSpan s_giveUpAfter = TimeSpan.FromMinutes(1);

    public string Url => url;

    public string Password => password;

    /// <summary>Of the daemon's process.</summary>
    public int Pid => pid;

    /// <param name="folder">With the files <c>pid</c>, <c>pin</c> and <c>password</c>.</param>
    /// <exception cref="UserErrorException"><c>bench-pin</c></exception>
    public static ApplianceAccess Read(string url, string folder)
    {
        var pin = Path.Combine(folder, "pin");
        return new ApplianceAccess(
            url,
            ServerKey.TryParse(File.ReadAllText(pin).Trim(), out var key) ? key : throw Errors.PinUnreadable(pin),
            File.ReadLines(Path.Combine(folder, "password")).First(),
            BackgroundProgram.Read(Path.Combine(folder, BackgroundProgram.PidFile)));
    }

    /// <param name="token">Null: for what anyone may ask.</param>
    /// <param name="away">Told of each attempt that has to be repeated.</param>
    public ConnectionOptions Options(string? token, Action? away = null) => new()
    {
        ServerKey = key,
        Token = token,
        GiveUpAfter = s_giveUpAfter,
        Away = away is null ? null : span =>
        {
            // Zero says that the server is back.
            if (span > TimeSpan.Zero)
            {
                away();
            }
        },
    };
}
