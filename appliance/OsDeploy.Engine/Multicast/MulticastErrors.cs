namespace OsDeploy.Multicast;

/// <summary>Sentences about streams to many hosts.</summary>
internal static class MulticastErrors
{
    public static UserErrorException TooFew() => new(
        "carousel-too-few",
        "Too few hosts were there in time, and the job was started so that none begins then.",
        "Nothing was written. See who is missing with `osdeploy carousel list`, and retry the jobs, without --or-abort if need be.");
}
