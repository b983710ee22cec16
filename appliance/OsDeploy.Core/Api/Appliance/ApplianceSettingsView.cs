using System.Text.Json.Serialization;
using OsDeploy.SetUp;

namespace OsDeploy.Api.Appliance;

/// <summary>What the appliance's own system was told, and what it could be told.</summary>
/// <param name="Cards">Of the appliance, those first that have a network.</param>
/// <param name="Trial">Null: none.</param>
public sealed record ApplianceSettingsView(ApplianceSettings Settings, IReadOnlyList<NetworkCard> Cards, NetworkTrial? Trial = null);

/// <summary>A network that is in force and was not kept yet. It is taken back by itself: whoever chose a wrong one may not reach the appliance any more.</summary>
/// <param name="Until">When.</param>
public sealed record NetworkTrial(NetworkSettings Network, [property: JsonConverter(typeof(UtcJson))] DateTimeOffset Until);

/// <param name="Size">Bytes of the volume.</param>
public sealed record GrownVolume(long Size);
