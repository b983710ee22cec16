namespace OsDeploy.Agent.Network.Wireless;

/// <summary>What the kernel knows of the switches of radios (Documentation/ABI/stable/sysfs-class-rfkill).</summary>
internal static class RadioSwitch
{
    public const string Usual = "/sys/class/rfkill";

    /// <summary>Undoes what an earlier system has switched off by program.</summary>
    public static void Release(string folder)
    {
        foreach (var radio in Radios(folder))
        {
            try
            {
                File.WriteAllText(Path.Combine(radio, "soft"), "0");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It says by itself that it is off.
            }
        }
    }

    /// <summary>There are radios, and all are off by a switch or key of the computer.</summary>
    public static bool IsOff(string folder) => Radios(folder) is { Count: > 0 } radios && radios.All(radio => TextOf(radio, "hard") == "1");

    private static List<string> Radios(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateDirectories(folder).Where(radio => TextOf(radio, "type") == "wlan")]
        : [];

    private static string? TextOf(string radio, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(radio, file)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
