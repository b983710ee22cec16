using System.Globalization;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Agent.Hardware;

/// <summary>Keyboards and mice in <c>/proc/bus/input/devices</c>: a paragraph per device, a letter before each line.</summary>
internal static class InputDevices
{
    private const string NameLine = "N: Name=";
    private const string HandlersLine = "H: Handlers=";
    private const string EventsLine = "B: EV=";

    // EV_REP of linux/input-event-codes.h: a switch or a power button repeats nothing.
    private const int Repeats = 20;

    /// <summary>Each name once per kind: one keyboard is several devices.</summary>
    public static IReadOnlyList<Device> Parse(string text)
    {
        var found = new List<Device>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split("\n\n"))
        {
            var lines = paragraph.Split('\n');
            var name = PresentDisk.TextOf(ValueOf(lines, NameLine)?.Trim('"'));
            var handlers = ValueOf(lines, HandlersLine)?.Split(' ') ?? [];
            if (name is not null && KindOf(handlers, ValueOf(lines, EventsLine)) is { } kind)
            {
                found.Add(new Device(kind, name));
            }
        }

        return [.. found.Distinct()];
    }

    private static string? KindOf(string[] handlers, string? events) =>
        handlers.Contains("kbd") && ulong.TryParse(events, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) && (bits >> Repeats & 1) == 1 ? "keyboard"
        : handlers.Any(handler => handler.StartsWith("mouse", StringComparison.Ordinal)) ? "mouse"
        : null;

    private static string? ValueOf(string[] lines, string start) => lines.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..].Trim();
}
