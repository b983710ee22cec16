using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Storage;

namespace OsDeploy.Cli.Login;

/// <summary>
/// The servers this person is logged in at, kept in a file only they can read: <c>$XDG_STATE_HOME</c>, else the home folder. A file
/// that cannot be read as such counts as none: logging in again is the way back.
/// </summary>
internal sealed class Logins
{
    private static readonly LoginFile s_none = new(null, []);

    private readonly string? _path;
    private LoginFile _kept = s_none;

    public Logins(string path) => _path = path;

    private Logins(SavedLogin only) => _kept = new LoginFile(only.Address, [only]);

    public SavedLogin? Current => Read() is { Current: { } address } file ? file.Logins.FirstOrDefault(login => login.Address == address) : null;

    public static Logins OfUser()
    {
        var chosen = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        var state = !string.IsNullOrEmpty(chosen) && Path.IsPathRooted(chosen)
            ? chosen
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return new Logins(Path.Combine(state, "osdeploy", "logins.json"));
    }

    /// <summary>One login, and no file: nobody else hears of its token.</summary>
    public static Logins InMemory(SavedLogin only) => new(only);

    public SavedLogin? Find(string address) => Read().Logins.FirstOrDefault(login => login.Address == Normal(address));

    /// <summary>Key and credential for a server; an address nobody logged in at gets neither.</summary>
    public ConnectionOptions OptionsFor(string address)
    {
        var login = Find(address);
        return new ConnectionOptions
        {
            Token = login?.Token,
            ServerKey = ServerKey.TryParse(login?.Key, out var key) ? key : null,
        };
    }

    /// <summary>Keeps a login and makes it the current one.</summary>
    public void Save(SavedLogin login)
    {
        var address = Normal(login.Address);
        Write(new LoginFile(address, [.. Read().Logins.Where(other => other.Address != address), login with { Address = address }]));
    }

    public void Forget(string address)
    {
        var file = Read();
        var normal = Normal(address);
        Write(new LoginFile(file.Current == normal ? null : file.Current, [.. file.Logins.Where(login => login.Address != normal)]));
    }

    private static string Normal(string address) => address.TrimEnd('/');

    private LoginFile Read()
    {
        if (_path is null)
        {
            return _kept;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(_path), LoginJson.Default.LoginFile) ?? s_none;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return s_none;
        }
    }

    private void Write(LoginFile file)
    {
        if (_path is null)
        {
            _kept = file;
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        DurableFile.WriteSecret(_path, JsonSerializer.SerializeToUtf8Bytes(file, LoginJson.Default.LoginFile));
    }
}
