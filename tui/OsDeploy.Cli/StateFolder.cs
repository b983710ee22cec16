namespace OsDeploy.Cli;

/// <summary>Where osdeploy keeps what it writes for people: <c>$XDG_STATE_HOME</c>, else /var/log for root, else the home folder.</summary>
internal static class StateFolder
{
    public static string Create()
    {
        var folder = Path.Combine(Base(), "osdeploy");
        Directory.CreateDirectory(folder);
        return folder;
    }

    private static string Base()
    {
        var chosen = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (!string.IsNullOrEmpty(chosen) && Path.IsPathRooted(chosen))
        {
            return chosen;
        }

        return Environment.IsPrivilegedProcess
            ? "/var/log"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
    }
}
