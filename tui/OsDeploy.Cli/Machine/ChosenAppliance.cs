using OsDeploy.Api;
using OsDeploy.Cli.Login;

namespace OsDeploy.Cli.Machine;

/// <summary>The appliance that somebody at this computer has named and compared, for as long as the computer is on.</summary>
internal sealed record ChosenAppliance(string Server, ServerKey Key)
{
    /// <returns>Null: nobody has, or it cannot be read.</returns>
    public static ChosenAppliance? TryRead(string file)
    {
        try
        {
            return TryParse(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Address and fingerprint, a line each.</summary>
    public static ChosenAppliance? TryParse(string text) =>
        text.Split('\n') is [var server, var pin, ..] && ServerAddress.TryParse(server, out var address) && ServerKey.TryParse(pin, out var key)
            ? new ChosenAppliance(address.ToString(), key)
            : null;

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string file) => File.WriteAllText(file, $"{Server}\n{Key}\n");
}
