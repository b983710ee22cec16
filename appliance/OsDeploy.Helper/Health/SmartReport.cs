using System.Text.Json;
using OsDeploy.Api.Helper;

namespace OsDeploy.Helper.Health;

/// <summary>
/// What <c>smartctl --json</c> prints. The shape differs from disk to disk: what is not there, or is not what it should be, is not known; but
/// text that is no JSON, too long or too deep is none of smartctl's.
/// </summary>
internal static class SmartReport
{
    private const int MaxLength = 1 << 20;
    private const int MaxDepth = 16;

    // Attributes of ATA disks. Makers agree on few: of these the first two count sectors, the others what is left of a life in percent.
    private const int Reallocated = 5;
    private const int Pending = 197;

    private const int MostDegrees = 150;

    private static readonly int[] s_lifeLeft = [231, 233, 202, 177, 173];

    /// <param name="known">What is known of the disk already.</param>
    /// <exception cref="FormatException">Not what smartctl prints.</exception>
    public static DiskHealth Parse(string json, DiskHealth known)
    {
        if (json.Length > MaxLength)
        {
            throw new FormatException("it is too long");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object ? Of(document.RootElement, known) : throw new FormatException("it is no object");
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static DiskHealth Of(JsonElement root, DiskHealth known)
    {
        var attributes = Attributes(root);
        return known with
        {
            Passed = Find(root, "smart_status", "passed") is { ValueKind: JsonValueKind.True or JsonValueKind.False } passed ? passed.GetBoolean() : null,
            Temperature = Number(root, "temperature", "current") is >= -MostDegrees and <= MostDegrees and var degrees ? (int)degrees : null,
            Wear = WearOf(root, attributes),
            Reallocated = RawOf(attributes, Reallocated) ?? Number(root, "scsi_grown_defect_list"),
            Pending = RawOf(attributes, Pending) ?? Number(root, "nvme_smart_health_information_log", "media_errors"),
        };
    }

    private static int? WearOf(JsonElement root, Dictionary<int, JsonElement> attributes)
    {
        if ((Number(root, "endurance_used", "current_percent") ?? Number(root, "nvme_smart_health_information_log", "percentage_used")) is >= 0 and var used)
        {
            return (int)Math.Min(used, 255); // NVMe counts on beyond 100 and stops there
        }

        // Wheels do not wear out, and their makers use the same numbers for other things.
        if (Number(root, "rotation_rate") is not 0)
        {
            return null;
        }

        var left = s_lifeLeft.Select(id => attributes.TryGetValue(id, out var one) ? Number(one, "value") : null).FirstOrDefault(value => value is > 0 and <= 100);
        return left is { } percent ? 100 - (int)percent : null;
    }

    private static Dictionary<int, JsonElement> Attributes(JsonElement root)
    {
        var found = new Dictionary<int, JsonElement>();
        if (Find(root, "ata_smart_attributes", "table") is { ValueKind: JsonValueKind.Array } table)
        {
            foreach (var one in table.EnumerateArray())
            {
                if (Number(one, "id") is >= 0 and <= byte.MaxValue and var id)
                {
                    found.TryAdd((int)id, one);
                }
            }
        }

        return found;
    }

    private static long? RawOf(Dictionary<int, JsonElement> attributes, int id) =>
        attributes.TryGetValue(id, out var one) && Number(one, "raw", "value") is >= 0 and var raw ? raw : null;

    private static long? Number(JsonElement from, params ReadOnlySpan<string> path) =>
        Find(from, path) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number) ? number : null;

    private static JsonElement? Find(JsonElement from, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out from))
            {
                return null;
            }
        }

        return from;
    }
}
