namespace OsDeploy.Server.Multicast;

/// <summary>Sentences about carousels.</summary>
internal static class CarouselErrors
{
    public static UserErrorException Missing() => new(
        "carousel-missing",
        "There is no such carousel.",
        "It has ended or the appliance was restarted: hosts go on by HTTPS by themselves. `osdeploy carousel list` shows what runs.");

    public static UserErrorException NeedMalformed() => new(
        "request-malformed",
        "What a host needs is one bit per chunk of its version.",
        "Agent and appliance are of different versions: restart the host over the network.");
}
