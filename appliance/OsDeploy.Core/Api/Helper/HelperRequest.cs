using System.Text.Json.Serialization;
using OsDeploy.Api.Appliance;

namespace OsDeploy.Api.Helper;

/// <summary>
/// One of the few things that need root. The list is closed: what is not a <see cref="JsonDerivedTypeAttribute"/> here, the
/// helper refuses.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "verb")]
[JsonDerivedType(typeof(PowerRequest), "power")]
[JsonDerivedType(typeof(ClockRequest), "clock")]
public abstract record HelperRequest;

/// <summary>Restarts or switches off the appliance.</summary>
public sealed record PowerRequest(PowerAction Action) : HelperRequest;

/// <summary>Sets the clock of the system, and the one on the board if there is one.</summary>
/// <param name="Utc">Within the bounds of <see cref="ClockTime"/>.</param>
public sealed record ClockRequest([property: JsonConverter(typeof(UtcJson))] DateTimeOffset Utc) : HelperRequest;
